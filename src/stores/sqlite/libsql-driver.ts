import { createRequire } from 'node:module';

import { type Driver, type DriverKind, type SqlValue, type Statement } from './driver';

/**
 * The part of the package `libsql` used here. Values are passed as one array: it misreads a single `null`.
 */
interface LibsqlDatabase {
  prepare(sql: string): {
    run(values: SqlValue[]): { changes: number };
    get(values: SqlValue[]): unknown;
    all(values: SqlValue[]): unknown[];
  };
  exec(sql: string): void;
  close(): void;
}

type Libsql = new (file: string) => LibsqlDatabase;

/** The driver of the optional package `libsql`; `undefined` if it is not installed. */
export function libsqlDriver(): DriverKind | undefined {
  const Database = loadLibsql();
  return Database && { open: (file) => new LibsqlDriver(new Database(file)), isBusy };
}

function loadLibsql(): Libsql | undefined {
  try {
    return createRequire(__filename)('libsql') as Libsql;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error; // it is installed but fails to load: its own error says why
  }
}

function isBusy(error: unknown): boolean {
  return String((error as { code?: unknown } | null)?.code).startsWith('SQLITE_BUSY');
}

/**
 * libsql 0.5 never resets a prepared statement that failed with SQLITE_BUSY, and callers cannot reset it.
 * While such a statement is pending, its connection keeps its locks and silently commits nothing more: it is
 * stuck. Statements run by `exec` are not affected.
 */
class LibsqlDriver implements Driver {
  isStuck = false;

  constructor(private readonly database: LibsqlDatabase) {}

  prepare(sql: string): Statement {
    const statement = this.database.prepare(sql);
    const noting = <T>(use: () => T): T => {
      try {
        return use();
      } catch (error) {
        if (isBusy(error)) this.isStuck = true;
        throw error;
      }
    };
    return {
      run: (...values) => noting(() => statement.run(values).changes),
      get: (...values) => noting(() => statement.get(values)),
      all: (...values) => noting(() => statement.all(values)),
    };
  }

  exec(sql: string): void {
    this.database.exec(sql);
  }

  close(): void {
    this.database.close();
  }
}
