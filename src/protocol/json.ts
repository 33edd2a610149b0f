/** Whether a value is a JSON object: neither null nor an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value can be the index of something in a list. */
export function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/**
 * Whether every database gives a text back as it was. One with half a character (a lone surrogate) is
 * stored with U+FFFD in its place, so that two texts become one; at a NUL some end it, and some refuse
 * it. Owners, ids and keys have to be storable; other texts are in JSON, which escapes both.
 *
 * @example
 * isStorableText('thr_\ud800'); // false
 */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
