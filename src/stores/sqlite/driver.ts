/** What a statement takes for its question marks. */
export type SqlValue = string | number | null;

/** A prepared statement. Rows are objects of the selected columns. */
export interface Statement {
  /** Executes a change, and returns how many rows it touched. */
  run(...values: SqlValue[]): number;
  /** The first row, or `undefined`. */
  get(...values: SqlValue[]): unknown;
  all(...values: SqlValue[]): unknown[];
}

/** The little of SQLite that the store needs, alike for every driver. */
export interface Driver {
  prepare(sql: string): Statement;
  /** Executes statements that take and return nothing. */
  exec(sql: string): void;
  /** Whether the error says that another process holds a lock. */
  isBusy(error: unknown): boolean;
  close(): void;
}

/** Opens a file (an absolute path or `:memory:`) and executes `setup` on each connection to it. */
export type OpenDriver = (file: string, setup: string) => Driver;
