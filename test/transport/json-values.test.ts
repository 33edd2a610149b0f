import fc from 'fast-check';
import { assertWithinLimits, DEFAULT_LIMITS, type Limits } from '../../src/protocol';
import { hasMoreValues } from '../../src/transport/json-body';

const holdsMore = (json: string, limit: number): boolean => hasMoreValues(Buffer.from(json), limit);

/** How many values and keys there are. */
function count(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  const keys = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, child) => sum + count(child), 1 + keys);
}

const UNLIMITED: Limits = {
  depth: Infinity,
  arrayLength: Infinity,
  objectKeys: Infinity,
  stringLength: Infinity,
  values: Infinity,
};

const withoutForbiddenKeys = fc
  .jsonValue({ maxDepth: 6 })
  .filter((value) => !JSON.stringify(value).includes('__proto__'));

test('the values in the bytes are as many as those in what is parsed, however it is written', () => {
  fc.assert(
    fc.property(withoutForbiddenKeys, fc.constantFrom('', ' ', '\t', '\r\n  '), (value, space) => {
      const json = JSON.stringify(value, null, space) + space;
      const values = count(JSON.parse(json));
      // What is no longer than the limit is not looked at: it cannot hold more.
      const padded = json + ' '.repeat(values + 1);
      expect([holdsMore(padded, values), holdsMore(padded, values - 1)]).toEqual([false, true]);
      expect(() => assertWithinLimits(value, { ...UNLIMITED, values })).not.toThrow();
      expect(() => assertWithinLimits(value, { ...UNLIMITED, values: values - 1 })).toThrow('holds more');
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['[[[[', 4],
  ['[[[]]]', 3],
  ['{"a":{"a":', 4],
  ['[],[],[]', 3],
  ['"a","b"', 2],
  ['"\\"" "\\\\" "\\u0022"', 3],
  ['"[1,2,3"', 1],
  ['"unfinished [1,2', 1],
  ['"\\', 1],
  ['1e308-9.5', 1],
  ['true false null', 3],
  ['1"a"2', 3],
  [',,,,', 0],
  ['   ', 0],
])('%s holds %i', (json, values) => {
  const padded = `${json}${' '.repeat(10)}`;
  expect([holdsMore(padded, values), values > 0 && holdsMore(padded, values - 1)]).toEqual([
    false,
    values > 0,
  ]);
});

test.each([25, 26, 50, 51, 75, 76, 1000])('a number of %i characters counts once for each 25', (length) => {
  const number = '-0.'.padEnd(length, '1');
  const values = Math.ceil(length / 25);
  for (const json of [`[${number},${number}]`, `{"a":${number},"b":"${number}${number}"}`]) {
    const count = json.startsWith('[') ? 1 + 2 * values : 4 + values;
    const padded = json + ' '.repeat(2 * length);
    expect([holdsMore(padded, count), holdsMore(padded, count - 1)]).toEqual([false, true]);
  }
});

test('a number that JavaScript writes counts once', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      expect(holdsMore(JSON.stringify(number).padEnd(100), 1)).toBe(false);
    }),
  );
});

test('a number at the end is counted to its end', () => {
  expect(holdsMore('1'.repeat(101), 4)).toBe(true);
});

test('bytes of any kind are counted to an end, and by as many as there are at most', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => !hasMoreValues(bytes, bytes.length)));
});

test('a body as long as the limit is not looked at: each value takes a byte', () => {
  const untouchable = new Proxy(new Uint8Array(DEFAULT_LIMITS.values), {
    get: (target, key) => {
      if (key !== 'length') throw new Error(`${String(key)} was read`);
      return target.length;
    },
  });
  expect(hasMoreValues(untouchable, DEFAULT_LIMITS.values)).toBe(false);
});
