import type { Random } from '../random';

const TOKENS = [
  '\0',
  '\r\n\r\n',
  '\n\n',
  '"',
  '\\',
  '\\u',
  '\\ud800',
  '{"__proto__":1}',
  '"__proto__":{"polluted":1},',
  '1e999',
  '-',
  '0123',
  'NaN',
  '//',
  ',',
  ']',
  '}',
  '\ufeff',
  '/*',
  'data: ',
  '--',
].map((token) => Buffer.from(token));

/** Not UTF-8: half a character, one too long, a surrogate. */
const BROKEN = [[0xc3], [0xf0, 0x9f], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xff]].map((bytes) =>
  Buffer.from(bytes),
);

/** Changes bytes at one to four places. */
export function mutateBytes(bytes: Buffer, random: Random): Buffer {
  let mutated = bytes;
  const changes = 1 + Math.floor(random.next() * random.next() * 4);
  for (let change = 0; change < changes; change += 1) mutated = random.of(CHANGES)(mutated, random);
  return mutated;
}

const CHANGES: ((bytes: Buffer, random: Random) => Buffer)[] = [
  (bytes, random) => splice(bytes, random, 0, random.of(TOKENS)),
  (bytes, random) => splice(bytes, random, 0, random.of(BROKEN)),
  (bytes, random) => splice(bytes, random, 1, randomBytes(random, 1)),
  (bytes, random) => splice(bytes, random, 1 + Math.floor(random.next() * 20), Buffer.alloc(0)),
  (bytes, random) => splice(bytes, random, 0, piece(bytes, random)),
  (bytes, random) => piece(bytes, random),
];

export function randomBytes(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => Math.floor(random.next() * 256)));
}

function splice(bytes: Buffer, random: Random, removed: number, inserted: Buffer): Buffer {
  const at = indexIn(bytes, random);
  return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + removed)]);
}

function piece(bytes: Buffer, random: Random): Buffer {
  const [from = 0, to = 0] = [indexIn(bytes, random), indexIn(bytes, random)].sort((a, b) => a - b);
  return bytes.subarray(from, to);
}

function indexIn(bytes: Buffer, random: Random): number {
  return Math.floor(random.next() * (bytes.length + 1));
}
