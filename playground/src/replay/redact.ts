const SECRET_HEADERS =
  /^(?:authorization|proxy-authorization|cookie|set-cookie|.*(?:token|secret|api-?key).*)$/i;
const SECRET_PARAMETERS = /^(?:sig|signature|token|key|x-amz-.*|expires|access_token)$/i;

/** What stands in the place of a secret. */
export const REDACTED = '<redacted>';

/** Headers without what would let others act as the user. */
export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, SECRET_HEADERS.test(name) ? REDACTED : value]),
  );
}

/** Text in which the signatures of links are left out. */
export function redactLinks(text: string): string {
  return text.replace(/https?:\/\/[^\s"'\\]+\?[^\s"'\\]+/g, (url) => {
    if (!URL.canParse(url)) return url;
    const parsed = new URL(url);
    for (const name of [...parsed.searchParams.keys()]) {
      if (SECRET_PARAMETERS.test(name)) parsed.searchParams.set(name, 'redacted');
    }
    return parsed.href;
  });
}
