import { type Driver, type DriverKind, type SqlValue } from './driver';

/** The part of Node's `node:sqlite` that is used here; Node 20's types do not know it. */
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

/** SQLite's own code, the lowest byte of what Node calls `errcode`. */
const SQLITE_BUSY = 5;

/** The driver that is built into Node 22.13 and later; `undefined` where there is none. */
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
