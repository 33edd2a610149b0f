import fc from 'fast-check';
import { setImmediate } from 'node:timers/promises';

import { type Work } from '../../../src/stores/sqlite/commit-together';
import { WriteQueue } from '../../../src/stores/sqlite/write-queue';

class Busy extends Error {}

/** A queue whose commits are told in the order in which they were made. */
function queue({ timeoutMs = 10_000 } = {}) {
  const commits: unknown[][] = [];
  const state: { problem: Error | undefined } = { problem: undefined };
  const writes = new WriteQueue({
    commit: (works: readonly Work[], isAll) => {
      if (state.problem !== undefined) throw state.problem;
      const values = works.map((work) => work(isAll));
      commits.push(values);
      return values.map((value) => ({ value }));
    },
    isBusy: (error) => error instanceof Busy,
    timeoutMs,
  });
  const add = (value: unknown) => writes.add(() => value);
  return { add, commits, state, writes };
}

test('what comes in one turn of the event loop is committed together, in order, when the turn is over', async () => {
  const { add, commits } = queue();
  const first = add(1);
  const second = Promise.resolve().then(() => add(2));
  expect(commits).toEqual([]);
  expect(await Promise.all([first, second])).toEqual([1, 2]);
  expect(await add(3)).toBe(3);
  expect(commits).toEqual([[1, 2], [3]]);
});

test('what is added when others are committed belongs to the next turn', async () => {
  const { add, commits } = queue();
  await Promise.all([1, 2].map(async (each) => add(((await add(each)) as number) + 10)));
  expect(commits).toEqual([
    [1, 2],
    [11, 12],
  ]);
});

test('a group is not larger than the event loop can wait for', async () => {
  const { add, commits } = queue();
  const all = Array.from({ length: 600 }, (_, index) => index);
  expect(await Promise.all(all.map(add))).toEqual(all);
  expect(commits.map(({ length }) => length)).toEqual([256, 256, 88]);
});

test('a commit that fails rejects all of its group, and the next one is made', async () => {
  const { add, commits, state } = queue();
  const lost = Promise.allSettled([add(1), add(2)]);
  state.problem = new Error('disk is full');
  const rejected = { status: 'rejected', reason: state.problem };
  expect(await lost).toEqual([rejected, rejected]);
  state.problem = undefined;
  expect(await add(3)).toBe(3);
  expect(commits).toEqual([[3]]);
});

test('what comes while a lock is held waits behind what waits already', async () => {
  const { add, commits, state } = queue();
  state.problem = new Busy();
  const early = add('early');
  await setImmediate(); // the lock is met
  const late = add('late');
  state.problem = undefined;
  await Promise.all([late, early]);
  expect(commits).toEqual([['early', 'late']]);
});

test('what a lock has kept for too long is refused, and stored no more', async () => {
  const { add, commits, state } = queue({ timeoutMs: 5 });
  state.problem = new Busy();
  await expect(add('refused')).rejects.toMatchObject({ code: 'store_busy', status: 503 });
  state.problem = undefined;
  await add('later');
  expect(commits).toEqual([['later']]);
});

test('each is told whether all that waits is committed with it', async () => {
  const { writes } = queue();
  const add = (): Promise<boolean> => writes.add((isAll) => isAll);
  expect(await Promise.all([add(), add()])).toEqual([true, true]);
  const told = await Promise.all(Array.from({ length: 257 }, add));
  expect(told.slice(-2)).toEqual([false, true]);
});

describe('closing', () => {
  test('commits what waits', async () => {
    const { add, commits, writes } = queue();
    const waiting = [add(1), add(2)];
    writes.close();
    expect(commits).toEqual([[1, 2]]);
    expect(await Promise.all(waiting)).toEqual([1, 2]);
  });

  test('gives up what a lock is in the way of', async () => {
    const { add, commits, state, writes } = queue();
    state.problem = new Busy();
    const waiting = add(1);
    writes.close();
    state.problem = undefined;
    await expect(waiting).rejects.toThrow('The store was closed.');
    expect(commits).toEqual([]);
  });

  test('leaves no later write unanswered', async () => {
    const { add, state, writes } = queue();
    const waiting = add(1);
    writes.close();
    await waiting;
    state.problem = new Error('The store is closed.');
    await expect(add(2)).rejects.toThrow('The store is closed.');
    await setImmediate();
    await expect(add(3)).rejects.toThrow('The store is closed.');
  });
});

test('whatever happens, each write is answered, and those that succeed are committed once and in order', async () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.constant('add') },
    { weight: 2, arbitrary: fc.constant('turn') },
    fc.constantFrom('lock', 'full', 'free', 'close'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const { add, commits, state, writes } = queue({ timeoutMs: 5 });
      const told: Promise<number | undefined>[] = [];
      for (const [index, each] of steps.entries()) {
        if (each === 'add') told.push(add(index).then(Number, () => undefined));
        if (each === 'turn') await setImmediate();
        if (each === 'lock') state.problem = new Busy();
        if (each === 'full') state.problem = new Error('disk is full');
        if (each === 'free') state.problem = undefined;
        if (each === 'close') writes.close();
      }
      const answers = await Promise.all(told);
      expect(commits.flat()).toEqual(answers.filter((answer) => answer !== undefined));
    }),
    { numRuns: 300 },
  );
});
