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
