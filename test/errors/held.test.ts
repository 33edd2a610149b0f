import fc from 'fast-check';
import { held, holdPromises } from '../../src/errors';

/* What is not held would end the process: Jest fails a test for it. */

const rejecting = (): Promise<never> => Promise.reject(new Error('forgotten'));

type Step = { before: unknown[] } | { key: string; others: Record<string, unknown> };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ before: fc.array(fc.jsonValue(), { maxLength: 3 }) }),
  fc.record({ key: fc.string(), others: fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }) }),
);

/** A value around a leaf, and the path to it. */
function around(leaf: unknown, steps: readonly Step[]): [value: unknown, path: string[]] {
  return steps.reduce<[unknown, string[]]>(
    ([value, path], each) =>
      'before' in each
        ? [
            [...each.before, value],
            [String(each.before.length), ...path],
          ]
        : [Object.fromEntries([...Object.entries(each.others), [each.key, value]]), [each.key, ...path]],
    [leaf, []],
  );
}

test('a promise is found and held wherever it is in a plain value', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
      const [value, path] = around(rejecting(), steps);
      expect(holdPromises(value)).toBe(path.join('.'));
      await new Promise((resolve) => setImmediate(resolve));
    }),
  );
});

test('a value without a promise has none', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 6 }),
      fc.anything({ withMap: true, withSet: true }),
      (steps, leaf) => {
        expect(holdPromises(around(leaf, steps)[0])).toBeUndefined();
      },
    ),
  );
});

test('what JSON does not write is held and not named', () => {
  class Answer {
    readonly rest = rejecting();
    toJSON() {
      return {};
    }
  }
  const values = [new Map([[1, rejecting()]]), new Set([rejecting()]), new Answer()];
  expect(holdPromises({ values })).toBeUndefined();
});

test('a cycle is gone through once', () => {
  const circle: Record<string, unknown> = { last: rejecting() };
  circle['a'] = [circle];
  expect(holdPromises(circle)).toBe('last');
});

test('of objects that are not plain only so many are gone through: they may hold the whole application', () => {
  class Node {
    constructor(readonly next?: Node) {}
  }
  let read = 0;
  const counted = new Proxy(new Node(), {
    ownKeys: (target) => {
      read += 1;
      return Reflect.ownKeys(target);
    },
  });
  let chain: Node = counted;
  for (let n = 0; n < 200; n += 1) chain = new Node(chain);
  expect(holdPromises(chain)).toBeUndefined();
  expect(read).toBe(0);
  expect(holdPromises(new Node(Promise.resolve() as never))).toBe('next');
});

test('a lazy thenable is named, and not started', () => {
  let started = false;
  const query = {
    then() {
      started = true;
    },
  };
  expect(holdPromises({ rows: query })).toBe('rows');
  expect(started).toBe(false);
});

test('nothing that cannot be read is thrown', () => {
  const trap = (): never => {
    throw new Error('no');
  };
  const untouchable = new Proxy({}, { get: trap, has: trap, ownKeys: trap, getPrototypeOf: trap });
  const hostile = [
    untouchable,
    Object.create(untouchable),
    { get then() { return trap(); } }, // prettier-ignore
    Object.defineProperty(Promise.resolve(), 'constructor', { get: trap }),
    Object.defineProperty(new Map(), Symbol.iterator, { get: trap }),
  ];
  expect(() => holdPromises(hostile)).not.toThrow();
});

test('who awaits a held promise still learns of its rejection', async () => {
  await expect(held(rejecting())).rejects.toThrow('forgotten');
});
