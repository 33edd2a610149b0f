import { type Driver, type DriverKind, type SqlValue } from './driver';

/** The part of `node:sqlite` used here; the types of Node 20 do not have it. */
interface NodeSqlite {
  DatabaseSync: new (file: string) => {
    prepare(sql: string): {
      run(...values: SqlValue[]): { changes: number | bigint };
      get(...values: SqlValue[]): unknown;
      all(...values: SqlValue[]): unknown[];
    };
    exec(sql: string): void;
    close(): void;
  };
}

/** SQLite's own code: the lowest byte of Node's `errcode`. */
const SQLITE_BUSY = 5;

/** The driver that is built into Node 22.13 and later; `undefined` in older releases. */
export function nodeDriver(): DriverKind | undefined {
  const sqlite = process.getBuiltinModule('node:sqlite') as NodeSqlite | undefined;
  return sqlite && { open: (file) => wrap(new sqlite.DatabaseSync(file)), isBusy };
}

function isBusy(error: unknown): boolean {
  return (Number((error as { errcode?: unknown } | null)?.errcode) & 0xff) === SQLITE_BUSY;
}

function wrap(database: InstanceType<NodeSqlite['DatabaseSync']>): Driver {
  return {
    prepare: (sql) => {
      const statement = database.prepare(sql);
      return {
        run: (...values) => Number(statement.run(...values).changes),
        get: (...values) => statement.get(...values),
        all: (...values) => statement.all(...values),
      };
    },
    exec: (sql) => database.exec(sql),
    isStuck: false,
    close: () => database.close(),
  };
}
