import { UsageError } from '../usage-error';

/**
 * Parses the headers of `--header "Name: value"`.
 *
 * @throws UsageError if one is malformed; the message omits its value, which may be a secret
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
