import { UsageError } from '../usage-error';

/**
 * The headers of `--header "Name: value"`.
 *
 * @throws UsageError when one is not like that; its value is not repeated, since it may be a secret
 */
export function readHeaders(given: readonly string[]): Headers {
  const headers = new Headers();
  for (const text of given) {
    const [, name = '', value = ''] = /^([^:\s]+)\s*:\s*(.*)$/s.exec(text) ?? [];
    try {
      headers.append(name, value);
    } catch {
      throw new UsageError(`--header takes a text like "Authorization: Bearer …"; "${name}" is not one.`);
    }
  }
  return headers;
}
