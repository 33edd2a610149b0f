import { createRequire } from 'node:module';

import { busyTimeout, type Driver, type OpenDriver, type SqlValue, type Statement } from './driver';

/** The part of the package `libsql` that is used here. Values come as one array: a lone `null` is misread. */
interface LibsqlStatement {
  run(values: SqlValue[]): { changes: number };
  get(values: SqlValue[]): unknown;
  all(values: SqlValue[]): unknown[];
}

interface LibsqlDatabase {
  prepare(sql: string): LibsqlStatement;
  exec(sql: string): void;
  close(): void;
}

type Libsql = new (file: string) => LibsqlDatabase;

/** The driver of the optional package `libsql`; `undefined` where it is not installed. */
export function libsqlDriver(): OpenDriver | undefined {
  const Database = loadLibsql();
  return Database && ((file, setup, waitMs) => new LibsqlDriver(Database, file, setup, waitMs));
}

function loadLibsql(): Libsql | undefined {
  try {
    return createRequire(__filename)('libsql') as Libsql;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error; // it is there and does not load: its own words say why
  }
}

/**
 * libsql 0.5 never resets a statement that failed with SQLITE_BUSY, and while such a one is pending
 * SQLite commits nothing more on its connection, without a word. It cannot be reset from outside, so
 * the connection is replaced. Where nothing was waiting on a lock, this costs nothing.
 */
class LibsqlDriver implements Driver {
  readonly #connect: () => LibsqlDatabase;
  #database: LibsqlDatabase;
  #waitMs: number;

  constructor(Database: Libsql, file: string, setup: string, waitMs: number) {
    this.#waitMs = waitMs;
    this.#connect = () => {
      const database = new Database(file);
      database.exec(`${busyTimeout(this.#waitMs)}; ${setup}`);
      return database;
    };
    this.#database = this.#connect();
  }

  prepare(sql: string): Statement {
    let database = this.#database;
    let statement = database.prepare(sql);
    const attempt = <T>(use: (statement: LibsqlStatement) => T): T => {
      if (database !== this.#database) {
        database = this.#database;
        statement = database.prepare(sql);
      }
      try {
        return use(statement);
      } catch (error) {
        if (this.isBusy(error)) this.#reconnect();
        throw error;
      }
    };
    return {
      run: (...values) => attempt((present) => present.run(values).changes),
      get: (...values) => attempt((present) => present.get(values)),
      all: (...values) => attempt((present) => present.all(values)),
    };
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  waitForLocks(ms: number): void {
    this.#waitMs = ms; // a connection that replaces this one waits as long
    this.#database.exec(busyTimeout(ms));
  }

  isBusy(error: unknown): boolean {
    return String((error as { code?: unknown } | null)?.code).startsWith('SQLITE_BUSY');
  }

  close(): void {
    this.#database.close();
  }

  #reconnect(): void {
    const stuck = this.#database;
    this.#database = this.#connect();
    stuck.close();
  }
}
