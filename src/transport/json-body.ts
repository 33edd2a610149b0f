import * as buffer from 'node:buffer';
import { isAscii, isUtf8 } from 'node:buffer';
import { setImmediate } from 'node:timers/promises';
import { BadRequestError, PayloadTooLargeError, UnsupportedMediaTypeError } from '../errors';
import { tooManyValues } from '../protocol';
import type { Awaitable } from '../store';
import type { HeaderReader } from './cors';
import { isFromForeignPage } from './foreign-page';

const JSON_TYPE = /^application\/(?:json|[\w.+-]+\+json)\s*(?:;|$)/i;
const UTF8 = /^utf-?8$/i;
const CHARSET = /;\s*charset\s*=\s*"?([^";\s]+)/i;

/**
 * Checks by the headers that a body can be read. A missing content type counts as JSON, except from pages
 * of other origins: they can send a body without a type without a preflight, with the user's cookies.
 *
 * @param unpacked whether earlier middleware has decompressed the body
 * @throws UnsupportedMediaTypeError
 */
export function assertJson(header: HeaderReader, { unpacked = false } = {}): void {
  const type = header('content-type') ?? '';
  if (type !== '') assertJsonType(type);
  else if (isFromForeignPage(header)) {
    throw new UnsupportedMediaTypeError('The content type must be application/json; there is none.');
  }
  const encoding = unpacked ? '' : (header('content-encoding') ?? '');
  if (encoding !== '' && encoding.toLowerCase() !== 'identity') {
    throw new UnsupportedMediaTypeError(
      `The body must not be compressed, but its encoding is "${encoding}".`,
    );
  }
}

function assertJsonType(type: string): void {
  if (!JSON_TYPE.test(type)) {
    throw new UnsupportedMediaTypeError(`The content type must be application/json, not "${type}".`);
  }
  const charset = CHARSET.exec(type)?.[1];
  if (charset !== undefined && !UTF8.test(charset)) {
    throw new UnsupportedMediaTypeError(`The charset must be UTF-8, not "${charset}".`);
  }
}

/** @throws PayloadTooLargeError */
export function assertSize(bytes: number, limit: number): void {
  if (bytes > limit) throw bodyTooLarge(limit);
}

export function bodyTooLarge(limit: number): PayloadTooLargeError {
  return new PayloadTooLargeError(`The body is larger than ${String(limit)} bytes.`);
}

/** Up to this many bytes, V8's own UTF-8 decoding is the fastest. */
const SMALL = 64 * 1024;

/** From this many bytes on, the event loop gets a turn between counting and parsing. */
const LARGE = 1024 * 1024;

/**
 * @param values the maximum number of values and keys, counted before parsing
 * @throws BadRequestError `empty_body`, `invalid_json`, `payload_too_large`
 */
export function parseJson(body: Uint8Array | string, values: number): Awaitable<unknown> {
  if (body.length === 0) {
    throw new BadRequestError('The body is empty: send the request as JSON.', { code: 'empty_body' });
  }
  const bytes = toBuffer(body);
  if (!isUtf8(bytes)) throw new BadRequestError('The body is not UTF-8.', { code: 'invalid_json' });
  if (hasMoreValues(bytes, values)) throw tooManyValues(values);
  const text = textOf(bytes);
  return bytes.length < LARGE ? parse(text) : setImmediate(text).then(parse);
}

/** Does not copy bytes. The published types avoid `Buffer`, since not every host has Node's types. */
function toBuffer(body: Uint8Array | string): Buffer {
  if (typeof body === 'string') return Buffer.from(body);
  return Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.length);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new BadRequestError('The body is not valid JSON.', { code: 'invalid_json', cause: error });
  }
}

/** Decodes UTF-8. For 8 MiB of non-ASCII text, V8 takes about 40 ms; transcoding to UTF-16 takes 3 ms. */
function textOf(bytes: Buffer): string {
  if (bytes.length <= SMALL) return bytes.toString('utf8');
  if (isAscii(bytes)) return bytes.toString('latin1');
  const { transcode } = buffer as Partial<typeof buffer>; // missing on some hosts
  return transcode === undefined
    ? bytes.toString('utf8')
    : transcode(bytes, 'utf8', 'utf16le').toString('utf16le');
}

const OTHER = 0;
const BETWEEN = 1;
const OPENING = 2;
const QUOTE = 3;
const BACKSLASH = 0x5c;

/** The kind of a byte outside of strings: part of a number or word, between values, or the start of one. */
const KIND = new Uint8Array(256);
for (const char of ' \t\n\r,:]}') KIND[char.charCodeAt(0)] = BETWEEN;
for (const char of '[{') KIND[char.charCodeAt(0)] = OPENING;
KIND['"'.charCodeAt(0)] = QUOTE;

/**
 * The length of the longest number that JavaScript writes, `-0.0000012345678901234567`. Longer ones may
 * be so close to the midpoint of two doubles that parsing compares them digit by digit: 49,000 of them
 * take 60 ms and more, instead of 4.
 */
const NUMBER_LENGTH = 25;

/**
 * Whether JSON contains more than `limit` values and keys. A number longer than {@link NUMBER_LENGTH}
 * counts once for each started {@link NUMBER_LENGTH} characters. Only bytes are scanned, and nothing is
 * allocated: parsing takes a hundred times as long per value, and cannot be interrupted. Invalid JSON is
 * scanned too, and fails in the parser later.
 *
 * @example hasMoreValues(Buffer.from('{"a":[1,2]}'), 4); // true: an object, a key, an array, two numbers
 */
export function hasMoreValues(json: Uint8Array, limit: number): boolean {
  // Each value takes at least one byte.
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
