/** A value for a placeholder of a statement. */
export type SqlValue = string | number | null;

/** A prepared statement that reads. Rows are objects of the selected columns. */
export interface ReadStatement {
  /** The first row, or `undefined`. */
  get(...values: SqlValue[]): unknown;
  all(...values: SqlValue[]): unknown[];
}

/**
 * A prepared statement that writes. It has no `get`: `get` stops at the first row, so SQLite commits only
 * when the statement is reset, and the drivers do not report a commit that fails.
 */
export interface WriteStatement {
  /** Executes the whole statement, and returns how many rows it changed. */
  run(...values: SqlValue[]): number;
  /** Executes the whole statement, and returns the rows of its RETURNING. */
  all(...values: SqlValue[]): unknown[];
}

export interface Statement extends ReadStatement, WriteStatement {}

/** An open file, with the few functions of SQLite that the store needs. No call waits for a lock. */
export interface Driver {
  prepare(sql: string): Statement;
  /** Executes statements that take and return nothing. */
  exec(sql: string): void;
  /** Whether the driver is unusable since a statement met a lock: open another one. */
  readonly isStuck: boolean;
  close(): void;
}

/** A package that speaks to SQLite, behind one interface for all of them. */
export interface DriverKind {
  /** @param file an absolute path or `:memory:` */
  open(file: string): Driver;
  /** Whether the error says that another connection holds a lock. */
  isBusy(error: unknown): boolean;
}
