import fc from 'fast-check';
import { Journal } from '../../../src/agents/workflow/journal';

const calls = fc.array(fc.record({ name: fc.constantFrom('a', 'b', 'c'), value: fc.jsonValue() }), {
  maxLength: 20,
});

describe('a journal', () => {
  it('gives back what was done at each place, however calls of other names come between', async () => {
    await fc.assert(
      fc.asyncProperty(calls, fc.infiniteStream(fc.nat()), async (done, shuffle) => {
        const journal = new Journal();
        for (const { name, value } of done) await journal.note(journal.place('step', name), () => value);
        const again = new Journal(journal.entries);
        const left = { a: byName('a'), b: byName('b'), c: byName('c') };
        while (again.isReplaying) {
          const names = (['a', 'b', 'c'] as const).filter((name) => left[name].length > 0);
          const name = names[shuffle.next().value! % names.length]!;
          const place = again.place('step', name);
          expect(again.has(place)).toBe(true);
          expect(again.take(place)).toEqual(JSON.parse(JSON.stringify(left[name].shift())));
        }
        expect(Object.values(left).flat()).toEqual([]);
        expect(again.entries).toEqual(journal.entries);

        function byName(wanted: string): unknown[] {
          return done.filter(({ name }) => name === wanted).map(({ value }) => value);
        }
      }),
    );
  });

  it('throws again what failed, by name and message', async () => {
    const journal = new Journal();
    const failing = journal.note(journal.place('step', 'a'), () => Promise.reject(new RangeError('far')));
    await expect(failing).rejects.toThrow(RangeError);
    const again = new Journal(journal.entries);
    expect(() => again.take(again.place('step', 'a'))).toThrow(
      expect.objectContaining({ name: 'RangeError', message: 'far' }),
    );
  });

  it('knows nothing of a place that the code did not come to', () => {
    const journal = new Journal([['step a #1', '{"value":1}']]);
    expect(journal.has(journal.place('run', 'a'))).toBe(false);
    expect(journal.isReplaying).toBe(true);
  });
});
