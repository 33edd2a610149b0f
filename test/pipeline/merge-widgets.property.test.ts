import fc from 'fast-check';
import { merged } from '../../src/pipeline/merge-widgets';
import { isSame } from '../../src/widgets';

const json = fc.jsonValue({ maxDepth: 3 });
const object = fc.dictionary(fc.string(), json);

test('what only one has changed is taken from that one', () => {
  fc.assert(
    fc.property(json, json, (base, changed) => {
      expect(isSame(merged(base, changed, base), changed)).toBe(true);
      expect(isSame(merged(base, base, changed), changed)).toBe(true);
    }),
  );
});

test('changes of different keys, at any depth, are both there; of the same key, theirs', () => {
  fc.assert(
    fc.property(object, fc.array(fc.string(), { maxLength: 3 }), json, json, (rest, path, theirs, ours) => {
      const inside = (value: object): unknown =>
        path.reduceRight<unknown>((inner, key) => ({ ...rest, [key]: inner }), { ...rest, ...value });
      const outcome = merged(
        inside({ a: 1, b: 2, c: 3 }),
        inside({ a: theirs, b: 2, c: 'theirs' }),
        inside({ a: 1, b: ours, c: 'ours' }),
      );
      expect(isSame(outcome, inside({ a: theirs, b: ours, c: 'theirs' }))).toBe(true);
    }),
  );
});

test.each([
  [[1], [1, 2], [1, 3], [1, 2, 3]],
  [
    [1, 2],
    [1, 9],
    [1, 2, 3],
    [1, 9, 3],
  ],
  [[1, 2], [1], [1, 2, 3], [1]],
  [[1, 2], [8, 2], [1], [8, 2]],
])('lists: from %j, %j and %j become %j', (base, theirs, ours, expected) => {
  expect(merged(base, theirs, ours)).toEqual(expected);
});
