/** What a statement takes for its question marks. */
export type SqlValue = string | number | null;

/** A prepared statement that reads. Rows are objects of the selected columns. */
export interface ReadStatement {
  /** The first row, or `undefined`. */
  get(...values: SqlValue[]): unknown;
  all(...values: SqlValue[]): unknown[];
}

/**
 * A prepared statement that writes. It has no `get`: that stops at the first row, SQLite then commits
 * when the statement is reset, and the drivers keep quiet about a commit that fails.
 */
export interface WriteStatement {
  /** Executes a change to its end, and returns how many rows it touched. */
  run(...values: SqlValue[]): number;
  /** Executes a change to its end, and returns the rows of its RETURNING. */
  all(...values: SqlValue[]): unknown[];
}

export interface Statement extends ReadStatement, WriteStatement {}

/** The little of SQLite that the store needs, alike for every driver. */
export interface Driver {
  prepare(sql: string): Statement;
  /** Executes statements that take and return nothing. */
  exec(sql: string): void;
  /** How long SQLite itself waits for another process's lock, with the whole process, in milliseconds. */
  waitForLocks(ms: number): void;
  /** Whether the error says that another process holds a lock. */
  isBusy(error: unknown): boolean;
  close(): void;
}

/**
 * Opens a file (an absolute path or `:memory:`) and executes `setup` on each connection to it, waiting
 * for locks as {@link Driver.waitForLocks} says.
 */
export type OpenDriver = (file: string, setup: string, waitMs: number) => Driver;

/** How SQLite is told how long to wait for another process's lock, in milliseconds. */
export function busyTimeout(ms: number): string {
  return `PRAGMA busy_timeout = ${String(ms)}`;
}
