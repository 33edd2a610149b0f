import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { canonicalJson } from '../../src/widgets';

/** The same data with the keys of every object in another order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, each]) => [key, reversed(each)]));
}

describe('canonicalJson', () => {
  it('sorts keys and leaves arrays as they are', () => {
    expect(canonicalJson({ b: [2, 1], a: { d: null, c: 'é"' } })).toBe(
      '{"a":{"c":"é\\"","d":null},"b":[2,1]}',
    );
  });

  it('tells apart the numbers that JSON cannot', () => {
    const texts = [0, -0, null, JSON.parse('1e999'), '0', 'null'].map(canonicalJson);
    expect(new Set(texts).size).toBe(6);
  });

  test('the order of keys and a trip through JSON change nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const travelled: unknown = JSON.parse(JSON.stringify(value));
        expect(canonicalJson(reversed(travelled))).toBe(canonicalJson(travelled));
        expect(canonicalJson(JSON.parse(JSON.stringify(travelled)))).toBe(canonicalJson(travelled));
      }),
    );
  });

  test('different data have different texts', () => {
    const json = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(canonicalJson(a) === canonicalJson(b)).toBe(isDeepStrictEqual(a, b));
      }),
    );
  });
});
