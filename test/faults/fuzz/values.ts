import type { Random } from '../random';

/** Parsed, so that `__proto__` is a key like any other. */
const CONTAINERS = [
  '{}',
  '[]',
  '[[]]',
  '[null]',
  '{"":""}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"toJSON":1,"then":1,"valueOf":null}',
  '{"length":1e9}',
  '{"type":"hidden_context_item","content":"x"}',
  '{"type":"input_text","text":"x"}',
  '{"type":"input_tag","id":"x","text":"x","data":{"__proto__":1}}',
  '{"values":["x"],"skipped":true}',
];

const SCALARS: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1.5,
  101,
  1e308,
  2 ** 53,
  '',
  ' ',
  '5',
  'true',
  'asc',
  'ASC',
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'then',
  '\0',
  'a\0b',
  '\ud800',
  '\udc00x',
  '\u2028',
  '😀',
  '../../x',
  'data: {}\n\n',
  'text/html',
  'item.select',
  'card.sync',
  '2026-01-01T00:00:00Z',
  '@t0@',
  '@w0@',
  '@q0@',
];

/** A key, or a name where the protocol has one. */
export const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'toJSON',
  'then',
  'length',
  '0',
  '',
  'id',
  'type',
  'params',
  'thread_id',
  'item_id',
  'input',
  'limit',
  'after',
  'metadata',
  'payload',
] as const;

/** Deep, long or many, at the edges of what is taken. */
function large(random: Random): unknown {
  const size = random.of([33, 101, 300, 1_001, 10_001]);
  return random.of([
    () => 'x'.repeat(size * 20),
    () => Array.from({ length: size }, () => 0),
    () => Object.fromEntries(Array.from({ length: size }, (_, index) => [`k${String(index)}`, index])),
    () => nested(null, Math.min(size, 1_001)),
  ])();
}

/** A value inside so many arrays. */
export function nested(value: unknown, depth: number): unknown {
  let outer = value;
  for (let level = 0; level < depth; level += 1) outer = [outer];
  return outer;
}

/** As JSON; nothing for a value that has none. */
export function toJson(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value);
}

/** A value at which code may stumble. */
export function oddValue(random: Random): unknown {
  if (random.chance(0.03)) return large(random);
  if (random.chance(0.3)) return JSON.parse(random.of(CONTAINERS)) as unknown;
  return random.of(SCALARS);
}

/** A text at which code may stumble. */
export function oddText(random: Random): string {
  const value = oddValue(random);
  return typeof value === 'string' ? value : toJson(value);
}
