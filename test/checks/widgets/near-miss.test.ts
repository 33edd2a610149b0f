import fc from 'fast-check';
import { editDistance, nearMiss } from '../../../src/checks/widgets/near-miss';

const KNOWN = ['item.select', 'item.star', 'cart.pay'];

test.each([
  ['item.selct', 'item.select'],
  ['item.slect', 'item.select'],
  ['item.seelct', 'item.select'],
  ['Item.Select', 'item.select'],
  ['items.select', 'item.select'],
  ['cart.bay', 'cart.pay'],
  ['item.stra', 'item.star'],
])('%s was to be %s', (name, meant) => {
  expect(nearMiss(name, KNOWN)).toBe(meant);
});

test.each(['', 'a', 'pay', 'order.confirm', 'select', 'x'.repeat(10_000)])('%p is like none', (name) => {
  expect(nearMiss(name, KNOWN)).toBeUndefined();
});

test('of two the nearer one', () => {
  expect(nearMiss('item.selec', ['item.elect', 'item.select'])).toBe('item.select');
});

describe('the distance', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });

  test('is nothing between equals only, the same both ways, and never more than the longer text', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance === 0).toBe(a === b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });

  test('of one change is one', () => {
    expect(editDistance('abc', 'ab')).toBe(1);
    expect(editDistance('abc', 'abd')).toBe(1);
    expect(editDistance('abc', 'acb')).toBe(1);
    expect(editDistance('', 'abc')).toBe(3);
    expect(editDistance('abc', 'cab')).toBe(2);
  });
});
