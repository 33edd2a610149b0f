import fc from 'fast-check';
import { BadRequestError } from '../../src/errors';
import { assertWithinLimits, DEFAULT_LIMITS, type Limits } from '../../src/protocol';

const SMALL: Limits = { depth: 3, arrayLength: 3, objectKeys: 3, stringLength: 3, values: 12 };

function refusal(value: unknown, limits: Limits = SMALL, path?: string): BadRequestError {
  try {
    assertWithinLimits(value, limits, path);
  } catch (error) {
    if (error instanceof BadRequestError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('assertWithinLimits', () => {
  it('takes whatever just fits', () => {
    for (const value of [null, 1, 'abc', [], {}, [[['abc']]], { a: { b: { c: 'abc' } } }, [1, 2, 3]]) {
      expect(() => assertWithinLimits(value, SMALL)).not.toThrow();
    }
  });

  it('counts objects and arrays as levels, and names the first that is too many', () => {
    const error = refusal({ a: [{ b: [] }] }, SMALL, 'params');
    expect(error.code).toBe('payload_too_deep');
    expect(error.status).toBe(400);
    expect(error.issues).toEqual([{ path: 'params.a.0.b', message: 'is nested more than 3 levels deep' }]);
  });

  it.each([
    ['an array', { a: [1, 2, 3, 4] }, 'a', 'is an array of more than 3 elements'],
    ['an object', [{ a: 1, b: 2, c: 3, d: 4 }], '0', 'is an object of more than 3 keys'],
    ['a text', { a: ['', 'abcd'] }, 'a.1', 'is a text of more than 3 characters'],
  ])('refuses %s that is too large', (_kind, value, path, message) => {
    const error = refusal(value);
    expect(error.code).toBe('payload_too_large');
    expect(error.issues).toEqual([{ path, message }]);
    expect(error.message).toContain(`${path} ${message}. Send `);
  });

  it.each([
    [
      'arrays',
      [
        [1, 2, 3],
        [1, 2, 3],
        [1, 2],
      ],
      12,
      [
        [[], [], []],
        [[], [], []],
        [[], [], [1]],
      ],
    ],
    ['objects and their keys', { a: {}, b: [1, 2, 3], c: [0] }, 11, { a: {}, b: [1, 2, 3], c: [0, 1, 2] }],
  ])('counts the values in %s', (_kind, fits, count, tooMany) => {
    for (const values of [count, 12]) {
      expect(() => assertWithinLimits(fits, { ...SMALL, values })).not.toThrow();
    }
    expect(refusal(fits, { ...SMALL, values: count - 1 }).code).toBe('payload_too_large');
    const error = refusal(tooMany, SMALL, 'payload');
    expect(error.issues).toEqual([{ path: 'payload', message: 'holds more than 12 values and keys' }]);
  });

  it('names the value itself where that is in error', () => {
    expect(refusal('abcd').issues?.[0]?.path).toBe('');
    expect(refusal('abcd').message).toMatch(/^The value is a text/);
    expect(refusal([1, 2, 3, 4], SMALL, 'payload').issues?.[0]?.path).toBe('payload');
    expect(refusal([], { ...SMALL, depth: 0 }, 'payload').code).toBe('payload_too_deep');
  });

  it.each([
    '{"__proto__":1}',
    '[{"a":[{"__proto__":{}}]}]',
    '{"\\u005f_proto__":{"x":1}}',
    '{"a":{"__pro\\u0074o__":null}}',
  ])('refuses the forbidden key in %s', (text) => {
    const error = refusal(JSON.parse(text), DEFAULT_LIMITS);
    expect(error.code).toBe('forbidden_key');
    expect(error.issues?.[0]?.path).toMatch(/__proto__$/);
  });

  it('takes other names of prototypes, which are free here', () => {
    const value = JSON.parse('{"constructor":{"prototype":{"hasOwnProperty":1}},"toString":null}');
    expect(() => assertWithinLimits(value)).not.toThrow();
  });

  it('refuses arrays and objects nested 10,000 deep without recursion', () => {
    const arrays = JSON.parse(`${'['.repeat(10_000)}${']'.repeat(10_000)}`);
    const objects = JSON.parse(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`);
    expect(refusal(arrays, DEFAULT_LIMITS).code).toBe('payload_too_deep');
    expect(refusal(objects, DEFAULT_LIMITS).code).toBe('payload_too_deep');
    expect(() => assertWithinLimits(arrays, { ...DEFAULT_LIMITS, depth: 10_000 })).not.toThrow();
  });

  it('ends on a value that contains itself', () => {
    const value: Record<string, unknown> = {};
    value['self'] = value;
    expect(refusal(value).code).toBe('payload_too_deep');
  });

  it('shows long keys only in part', () => {
    const error = refusal({ ['k'.repeat(100_000)]: 'abcd' });
    expect(error.message.length).toBeLessThan(300);
  });

  it('agrees with a plain recursive measure on any JSON value', () => {
    const depthOf = (value: unknown): number =>
      typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 0, max: 6 }), (value, depth) => {
        fc.pre(!JSON.stringify(value).includes('__proto__'));
        const check = (): void => assertWithinLimits(value, { ...DEFAULT_LIMITS, depth });
        if (depthOf(value) <= depth) expect(check).not.toThrow();
        else expect(check).toThrow(BadRequestError);
      }),
    );
  });
});
