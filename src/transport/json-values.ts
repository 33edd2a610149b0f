const OTHER = 0;
const BETWEEN = 1;
const OPENING = 2;
const QUOTE = 3;
const BACKSLASH = 0x5c;

/** What a byte outside of texts is: of a number or a word, between values, or the beginning of one. */
const KIND = new Uint8Array(256);
for (const char of ' \t\n\r,:]}') KIND[char.charCodeAt(0)] = BETWEEN;
for (const char of '[{') KIND[char.charCodeAt(0)] = OPENING;
KIND['"'.charCodeAt(0)] = QUOTE;

/**
 * Whether JSON holds more than `limit` values and keys. It looks at bytes only and makes nothing:
 * parsing takes a hundred times as long for each value, and cannot be stopped on its way. JSON that is
 * not valid is counted up to where it is.
 *
 * @example hasMoreValues(Buffer.from('{"a":[1,2]}'), 4); // true: an object, a key, an array, two numbers
 */
export function hasMoreValues(json: Uint8Array, limit: number): boolean {
  // Each value takes a byte.
  if (json.length <= limit) return false;
  let count = 0;
  for (let at = 0; at < json.length;) {
    const kind = KIND[json[at] ?? 0];
    if (kind === BETWEEN) {
      at += 1;
      continue;
    }
    count += 1;
    if (count > limit) return true;
    if (kind === OPENING) at += 1;
    else if (kind === QUOTE) at = endOfText(json, at + 1);
    else at = endOfWord(json, at + 1);
  }
  return false;
}

function endOfText(json: Uint8Array, from: number): number {
  let at = from;
  for (; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (byte === BACKSLASH) at += 1;
    else if (KIND[byte] === QUOTE) return at + 1;
  }
  return at;
}

function endOfWord(json: Uint8Array, from: number): number {
  let at = from;
  while (at < json.length && KIND[json[at] ?? 0] === OTHER) at += 1;
  return at;
}
