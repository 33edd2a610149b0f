/*
 * Numbers as they are on the wire. JavaScript rounds integers beyond 2^53 when it reads them, and so
 * would not see that one side has written others than the other.
 */

/** A text, or a number: in JSON everything else is punctuation and words. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON as data, with integers that JavaScript cannot hold as texts. */
export function exactly(text: string): unknown {
  const marked = text.replace(TOKEN, (token) => {
    const isExact = token.startsWith('"') || /[.eE]/.test(token) || Number.isSafeInteger(Number(token));
    return isExact ? token : `"<integer ${token}>"`;
  });
  return JSON.parse(marked) as unknown;
}

/** JSON with `"{{integer 123}}"` as the number itself, however long it is. */
export function withIntegers(text: string): string {
  return text.replace(/"\{\{integer (-?\d+)\}\}"/g, '$1');
}
