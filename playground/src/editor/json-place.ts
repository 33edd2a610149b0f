/** One JSON token with the whitespace before it: opening, closing, separator, string, other scalar. */
const TOKEN =
  /[ \t\n\r]*(?:([{[])|([}\]])|([,:])|("(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

const CLOSERS: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/** The allowed next token; `first` also allows the end of the object or array just opened. */
type Next = 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'separator';

/**
 * The index at which a text stops being valid JSON; undefined for valid JSON. Browsers report it in different
 * formats, and not at all for short texts.
 */
export function placeOfError(text: string): number | undefined {
  const open: string[] = [];
  let next: Next = 'value';
  let at = 0;
  while (!(next === 'separator' && open.length === 0)) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text);
    if (token === null) return skipSpace(text, at);
    const [all, opener, closer, mark, string, scalar] = token;
    const isValue = next === 'value' || next === 'first value';
    if (opener !== undefined && isValue) {
      open.push(opener);
      next = opener === '{' ? 'first key' : 'first value';
    } else if (closer !== undefined && mayClose(closer, open, next)) {
      open.pop();
      next = 'separator';
    } else if (mark === ':' && next === 'colon') next = 'value';
    else if (mark === ',' && next === 'separator') next = open.at(-1) === '{' ? 'key' : 'value';
    else if (string !== undefined && (next === 'key' || next === 'first key')) next = 'colon';
    else if ((string ?? scalar) !== undefined && isValue) next = 'separator';
    else return skipSpace(text, at);
    at += all.length;
  }
  const end = skipSpace(text, at);
  return end === text.length ? undefined : end;
}

function mayClose(closer: string, open: readonly string[], next: Next): boolean {
  const ends = next === 'separator' || next === 'first key' || next === 'first value';
  return ends && CLOSERS[open.at(-1) ?? ''] === closer;
}

function skipSpace(text: string, at: number): number {
  return at + (/^[ \t\n\r]*/.exec(text.slice(at))?.[0].length ?? 0);
}
