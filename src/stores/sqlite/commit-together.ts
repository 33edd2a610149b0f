import { type Database } from './database';

/**
 * One write of a transaction. It may be called several times; earlier attempts leave nothing behind.
 *
 * @param isAll whether the transaction contains all writes that were requested so far
 */
export type Work<T = unknown> = (isAll: boolean) => T;

/** The result of one write of a transaction. */
export type Outcome = { value: unknown } | { error: unknown };

/**
 * Executes writes in one transaction, each all or nothing: one that throws does not affect the others. When
 * this returns, they are committed; when it throws, none of them is stored.
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
    // The commit failed, or another process holds a lock.
    if (failed?.error !== error || database.isBusy(error)) throw error;
    if (works.length === 1) return [{ error }];
  }
  return commitEach(database, works, isAll);
}

/** The path for a write that throws. It is rare, and savepoints take as long as most writes. */
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
    // Another process holds a lock, or SQLite has rolled back everything (disk full): all writes fail.
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
