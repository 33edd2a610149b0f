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

/** An open file, with the little of SQLite that the store needs. No call waits for a lock. */
export interface Driver {
  prepare(sql: string): Statement;
  /** Executes statements that take and return nothing. */
  exec(sql: string): void;
  /** Whether it is of no more use since a statement has met a lock: another one is to be opened. */
  readonly isStuck: boolean;
  close(): void;
}

/** One of the packages that speak to SQLite, alike for all of them. */
export interface DriverKind {
  /** @param file an absolute path or `:memory:` */
  open(file: string): Driver;
  /** Whether the error says that another connection holds a lock. */
  isBusy(error: unknown): boolean;
}
