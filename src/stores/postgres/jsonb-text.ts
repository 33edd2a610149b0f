/**
 * jsonb rejects NUL and lone surrogates, which may be in texts of users. Each is stored as its code behind a
 * marker, a code point that no text should contain. The marker itself is stored the same way.
 */
const MARK = '\ufdd0';

/** A JSON escape (JSON.stringify writes these two as code points), or the marker. */
const HARD = /\\(?:u(0000|d[89a-f][0-9a-f]{2})|[^])|\ufdd0/g;
const KEPT = /\ufdd0([0-9a-f]{4})/g;

/** The JSON text of a value, in the form that jsonb can store. */
export function toJsonb(value: unknown): string {
  const text = JSON.stringify(value);
  if (!text.includes('\\u') && !text.includes(MARK)) return text;
  return text.replace(HARD, (found, code: string | undefined) => {
    if (found === MARK) return `${MARK}fdd0`;
    return code === undefined ? found : MARK + code;
  });
}

/** The value from a stored text. */
export function fromJsonb(text: string): unknown {
  return JSON.parse(text.includes(MARK) ? text.replace(KEPT, '\\u$1') : text);
}
