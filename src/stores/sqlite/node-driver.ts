import { busyTimeout, type OpenDriver, type SqlValue } from './driver';

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
export function nodeDriver(): OpenDriver | undefined {
  const sqlite = process.getBuiltinModule('node:sqlite') as NodeSqlite | undefined;
  return sqlite && ((file, setup, waitMs) => open(new sqlite.DatabaseSync(file), setup, waitMs));
}

function open(
  database: InstanceType<NodeSqlite['DatabaseSync']>,
  setup: string,
  waitMs: number,
): ReturnType<OpenDriver> {
  database.exec(`${busyTimeout(waitMs)}; ${setup}`);
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
    waitForLocks: (ms) => database.exec(busyTimeout(ms)),
    isBusy: (error) => (Number((error as { errcode?: unknown } | null)?.errcode) & 0xff) === SQLITE_BUSY,
    close: () => database.close(),
  };
}
