import type { LoggedRequest } from '../data/wire-log';
import { redactHeaders, redactLinks } from './redact';

/** A request as a command for a shell, without what is secret in it. */
export function asCurl({ url, headers, body }: LoggedRequest): string {
  const lines = Object.entries(redactHeaders(headers)).map(
    ([name, value]) => `  -H ${quoted(`${name}: ${value}`)}`,
  );
  return [`curl -N ${quoted(url)}`, ...lines, `  -d ${quoted(redactLinks(body))}`].join(' \\\n');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
