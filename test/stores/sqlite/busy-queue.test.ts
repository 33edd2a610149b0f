import { BusyQueue } from '../../../src/stores/sqlite/busy-queue';

class Busy extends Error {}

function queue() {
  const done: string[] = [];
  const state = { isLocked: true };
  const work = (name: string) => () => {
    if (state.isLocked) throw new Busy();
    done.push(name);
    return name;
  };
  return { done, state, work, busy: new BusyQueue((error) => error instanceof Busy, 10_000) };
}

test('work that comes when the lock is free again does not overtake what waits', async () => {
  const { busy, done, state, work } = queue();
  const first = busy.run(work('first'));
  const second = busy.run(work('second'));
  state.isLocked = false;
  const third = busy.run(work('third'));
  expect(done).toEqual([]);
  expect(await Promise.all([first, second, third])).toEqual(['first', 'second', 'third']);
  expect(done).toEqual(['first', 'second', 'third']);
});

test('where nothing waits, work is done at once', () => {
  const { busy, done, state, work } = queue();
  state.isLocked = false;
  expect(busy.run(work('one'))).toBe('one');
  expect(done).toEqual(['one']);
});
