import { type Database } from './database';

/**
 * One write of a transaction. May be called several times, with nothing left of the times before.
 *
 * @param isAll whether all writes that were asked for so far are in the same transaction
 */
export type Work<T = unknown> = (isAll: boolean) => T;

/** What came of one write of a transaction. */
export type Outcome = { value: unknown } | { error: unknown };

/**
 * Executes writes in one transaction, each all or nothing: one that throws leaves the others alone. When
 * this returns, they are committed; when it throws, nothing is stored of any of them.
 */
export function commitTogether(database: Database, works: readonly Work[], isAll: boolean): Outcome[] {
  let failed: { error: unknown } | undefined;
  try {
    return database.transaction(() =>
      works.map((work) => {
        try {
          return { value: work(isAll) };
        } catch (error) {
          failed = { error };
          throw error;
        }
      }),
    );
  } catch (error) {
    // The commit failed, or a lock was met.
    if (failed?.error !== error || database.isBusy(error)) throw error;
    if (works.length === 1) return [{ error }];
  }
  return commitEach(database, works, isAll);
}

/** The same where one of them throws: that is seldom, and savepoints take as long as most writes. */
function commitEach(database: Database, works: readonly Work[], isAll: boolean): Outcome[] {
  return database.transaction(() => works.map((work) => execute(database, work, isAll)));
}

function execute(database: Database, work: Work, isAll: boolean): Outcome {
  database.exec('SAVEPOINT one_write');
  try {
    const value = work(isAll);
    database.exec('RELEASE one_write');
    return { value };
  } catch (error) {
    // A lock was met, or SQLite has rolled back everything by itself (disk full): that concerns all.
    if (database.isBusy(error) || !undo(database)) throw error;
    return { error };
  }
}

function undo(database: Database): boolean {
  try {
    database.exec('ROLLBACK TO one_write; RELEASE one_write');
    return true;
  } catch {
    return false;
  }
}
