import type { LoggedRequest } from '../data/logged-request';

/** A request as a curl command. */
export function asCurl({ url, headers, body }: LoggedRequest): string {
  const lines = Object.entries(headers).map(([name, value]) => `  -H ${quoted(`${name}: ${value}`)}`);
  return [`curl -N ${quoted(url)}`, ...lines, `  -d ${quoted(body)}`].join(' \\\n');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
