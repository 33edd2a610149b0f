import fc from 'fast-check';
import { Correspondence } from '../../playground/src/replay/ids';

/** An answer with ids of its own in it: as many as there are names. */
const answer = (ids: readonly string[], text: string) => ({
  thread: { id: ids[0], created_at: new Date().toISOString() },
  items: ids.slice(1).map((id) => ({ id, thread_id: ids[0], text: `${text} ${id}` })),
});

const distinct = fc.uniqueArray(
  fc.string({ minLength: 9, maxLength: 20, unit: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f') }),
  {
    minLength: 2,
    maxLength: 6,
  },
);

describe('a session that is sent again', () => {
  test('is the same where ids, times and signatures alone are others', () => {
    fc.assert(
      fc.property(distinct, (ids) => {
        const then = ids.map((id) => `old_${id}`);
        const now = ids.map((id) => `new_${id}`);
        const known = new Correspondence();
        expect(known.compare(answer(then, 'Of'), answer(now, 'Of'))).toBeUndefined();
        expect(known.translate({ params: { item_ids: then } })).toEqual({ params: { item_ids: now } });
      }),
    );
  });

  test('differs where a value does, and the path leads to it', () => {
    fc.assert(
      fc.property(distinct, (ids) => {
        const known = new Correspondence();
        const changed = answer(ids, 'On');
        expect(known.compare(answer(ids, 'Of'), changed)).toEqual({
          path: 'items.0.text',
          expected: `Of ${ids[1]!}`,
          actual: `On ${ids[1]!}`,
        });
      }),
    );
  });

  test('an id that stands for another one than before is a difference', () => {
    const known = new Correspondence();
    expect(known.compare([{ id: 'a' }, { id: 'b' }], [{ id: 'x' }, { id: 'y' }])).toBeUndefined();
    expect(known.compare({ item_id: 'a' }, { item_id: 'y' })).toEqual({
      path: 'item_id',
      expected: 'a',
      actual: 'y',
    });
  });

  test.each([
    ['a field that is gone', { a: 1 }, {}],
    ['a field that has come', {}, { a: 1 }],
    ['another type', { a: 1 }, { a: '1' }],
    ['a shorter list', { a: [1, 2] }, { a: [1] }],
  ])('%s is a difference', (_, expected, actual) => {
    expect(new Correspondence().compare(expected, actual)?.path).toMatch(/^a/);
  });

  test('links are the same whatever signs them, and signatures of actions are learned', () => {
    const known = new Correspondence();
    const link = (signature: string) => ({ url: `https://files.example/a?sig=${signature}` });
    expect(known.compare(link('redacted'), link('fresh'))).toBeUndefined();
    expect(
      known.compare({ url: 'https://files.example/a' }, { url: 'https://files.example/b' }),
    ).toBeDefined();
    const signed = (code: string) => ({ payload: { price: 1, $sig: `v1..WyJwcmljZSJd.${code}` } });
    expect(known.compare(signed('old'), signed('new'))).toBeUndefined();
    expect(known.translate(signed('old'))).toEqual(signed('new'));
  });
});
