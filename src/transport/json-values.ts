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
 * So long is the longest number that JavaScript writes, `-0.0000012345678901234567`. Longer ones may lie so close to
 * the middle between two numbers that they are compared digit by digit: 49,000 of them take 60 ms and
 * more, where others take 4.
 */
const NUMBER_LENGTH = 25;

/**
 * Whether JSON holds more than `limit` values and keys. A longer number than JavaScript writes counts
 * once for each {@link NUMBER_LENGTH} characters begun. It looks at bytes only and makes nothing:
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
    else {
      const end = endOfWord(json, at + 1);
      count += Math.floor((end - at - 1) / NUMBER_LENGTH);
      at = end;
    }
  }
  return count > limit;
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
