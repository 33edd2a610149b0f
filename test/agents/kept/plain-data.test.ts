import fc from 'fast-check';
import { notPlain } from '../../../src/agents/kept/plain-data';

const anything = fc.anything({
  ...{ withBigInt: true, withDate: true, withMap: true, withSet: true, withBoxedValues: true },
  ...{ withTypedArray: true, withSparseArray: true, withNullPrototype: true },
});

/** JSON has no -0, which is the same number. */
const withoutMinusZero = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, each: unknown) => (Object.is(each, -0) ? 0 : each));

const hasMinusZero = (value: unknown): boolean =>
  Object.is(value, -0) ||
  (typeof value === 'object' && value !== null && Object.values(value).some(hasMinusZero));

describe('plain data', () => {
  it('comes back from JSON as it was', () => {
    let count = 0;
    fc.assert(
      fc.property(anything, (value) => {
        if (notPlain(value) !== undefined || hasMinusZero(value)) return;
        count += 1;
        expect(JSON.parse(JSON.stringify(value))).toEqual(value);
      }),
      { numRuns: 1000 },
    );
    expect(count).toBeGreaterThan(50);
  });

  it('is all that comes from JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => notPlain(withoutMinusZero(value)) === undefined));
  });

  it.each([
    [undefined, 'it is undefined'],
    [Object.assign([], { 0: 1, 2: 2 }), '[1] is undefined'],
    [{ a: { b: [Symbol('x')] } }, '.a.b[0] is a symbol'],
    [{ toJSON: () => 1 }, 'it is an object with toJSON()'],
    [Promise.resolve(), 'it is a Promise'],
  ])('is not %p, and is told where', (value, where) => {
    expect(notPlain(value)).toBe(where);
  });

  it('may have the same object twice', () => {
    const twice = { a: 1 };
    expect(notPlain({ one: twice, other: [twice, twice] })).toBeUndefined();
  });
});
