/**
 * jsonb refuses a NUL and half a character (a lone surrogate), which are in texts of users. Each is kept
 * behind a mark that no text should have, and the mark itself as well.
 */
const MARK = '\ufdd0';

/** An escape of JSON, of which JSON.stringify writes these two as code points, or the mark. */
const HARD = /\\(?:u(0000|d[89a-f][0-9a-f]{2})|[^])|\ufdd0/g;
const KEPT = /\ufdd0([0-9a-f]{4})/g;

/** The JSON text of a value, as jsonb keeps it. */
export function toJsonb(value: unknown): string {
  const text = JSON.stringify(value);
  if (!text.includes('\\u') && !text.includes(MARK)) return text;
  return text.replace(HARD, (found, code: string | undefined) => {
    if (found === MARK) return `${MARK}fdd0`;
    return code === undefined ? found : MARK + code;
  });
}

/** The value of what jsonb has kept. */
export function fromJsonb(text: string): unknown {
  return JSON.parse(text.includes(MARK) ? text.replace(KEPT, '\\u$1') : text);
}
