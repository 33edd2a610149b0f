import fc from 'fast-check';
import { join } from 'node:path';

import { isPromise } from '../../../src/store';
import { SqliteStore } from '../../../src/stores/sqlite';
import { Database } from '../../../src/stores/sqlite/database';
import { drivers } from '../drivers';
import { NaiveStore } from '../naive-store';
import { anyOperation, outcome, populate, type Operation, type StoreWithAdmin } from '../operations';
import { temporaryDirectories } from '../temporary';

const newDirectory = temporaryDirectories();
afterEach(() => jest.restoreAllMocks());

const DISK_FULL = new Error('disk is full');
/** By the commit, or by itself: then none is made. */
const FAILED = { error: expect.anything() as unknown };

/** The calls of one turn of the event loop, and what becomes of their commit. */
const turn = fc.record({
  operations: fc.array(anyOperation, { minLength: 1, maxLength: 6 }),
  fails: fc.boolean(),
});

/** Makes the commits of writes fail while it says so. */
function failingCommits(): { fails: boolean } {
  const state = { fails: false };
  const { exec } = { exec: Reflect.get<Database, 'exec'>(Database.prototype, 'exec') };
  let isWriting = false;
  jest.spyOn(Database.prototype, 'exec').mockImplementation(function (this: Database, text) {
    if (text.startsWith('BEGIN')) isWriting = text === 'BEGIN IMMEDIATE';
    if (text === 'COMMIT' && isWriting && state.fails) throw DISK_FULL;
    exec.call(this, text);
  });
  return state;
}

/** A call, with whether it has to wait for the end of the turn. */
function call(operation: Operation, store: SqliteStore): { waits: boolean; outcome: Promise<unknown> } {
  const watched = { waits: false };
  const run = (given: StoreWithAdmin): unknown => {
    const result = operation.run(given);
    watched.waits = isPromise(result) && !operation.name.startsWith('admin.list'); // batches are awaited
    return result;
  };
  const found = outcome({ ...operation, run }, store).catch((error: unknown) => ({ error }));
  return { waits: watched.waits, outcome: found };
}

describe.each(drivers())('calls that come in one turn of the event loop (%s)', (driver) => {
  test.each([
    ['in memory', () => ':memory:'],
    ['in a file', () => join(newDirectory(), 'chat.db')],
  ])('writes land in order or not at all, and no read sees what is not committed (%s)', async (_, file) => {
    const commits = failingCommits();
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 1, maxLength: 12 }), async (turns) => {
        const model = new NaiveStore();
        const sqlite = new SqliteStore(file(), { driver });
        await Promise.all([model, sqlite].map(populate));
        for (const { operations, fails } of turns) {
          const calls = operations.map((each) => ({ operation: each, ...call(each, sqlite) }));
          commits.fails = fails;
          const found = await Promise.all(calls.map((each) => each.outcome));
          commits.fails = false;
          // What answers at once sees nothing of what is still to be committed.
          const expected = new Map<Operation, unknown>();
          for (const { operation, waits } of calls) {
            if (!waits) expected.set(operation, await outcome(operation, model));
          }
          for (const { operation, waits } of calls) {
            if (waits) expected.set(operation, fails ? FAILED : await outcome(operation, model));
          }
          for (const [index, { operation }] of calls.entries()) {
            expect([operation.name, found[index]]).toEqual([operation.name, expected.get(operation)]);
          }
        }
        sqlite.close();
      }),
      { numRuns: 100 },
    );
  });
});
