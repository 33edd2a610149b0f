import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { type Driver, type OpenDriver, type Statement } from './driver';
import { libsqlDriver } from './libsql-driver';
import { nodeDriver } from './node-driver';
import { SqliteSetupError } from './setup-error';

/** The name of a driver: Node's own, or the package `libsql`. */
export type DriverName = 'node:sqlite' | 'libsql';

export interface ConnectionOptions {
  /** How long a statement waits for another process that writes, in milliseconds; 5000 by default. */
  busyTimeoutMs?: number | undefined;
  /** By default Node's own where it has one. */
  driver?: DriverName | undefined;
}

/** A connection that prepares each statement once and knows transactions. */
export class Connection {
  readonly #driver: Driver;
  readonly #statements = new Map<string, Statement>();
  readonly #busyTimeoutMs: number;
  #closed = false;

  constructor(file: string | URL, { busyTimeoutMs = 5000, driver }: ConnectionOptions) {
    const openDriver = findDriver(driver);
    this.#busyTimeoutMs = busyTimeoutMs;
    // NORMAL: with the write-ahead log a power cut may take the last commits, and never corrupts.
    this.#driver = openDriver(
      placeOf(file),
      `PRAGMA busy_timeout = ${String(busyTimeoutMs)}; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON`,
    );
  }

  /** The prepared statement of a text; texts are constants, so there are few. */
  sql(text: string): Statement {
    let statement = this.#statements.get(text);
    if (statement === undefined) {
      statement = this.#driver.prepare(text);
      this.#statements.set(text, statement);
    }
    return statement;
  }

  exec(text: string): void {
    this.#driver.exec(text);
  }

  /**
   * Lets readers and the writer not wait for each other. The file remembers it; some disks cannot have
   * it. SQLite itself does not wait for the lock that the change takes, as it does for others, so this
   * does: processes may start at once on a new file.
   */
  useWriteAheadLog(): void {
    const deadline = Date.now() + this.#busyTimeoutMs;
    for (;;) {
      try {
        this.#driver.exec('PRAGMA journal_mode = WAL');
        return;
      } catch (error) {
        if (!this.#driver.isBusy(error) || Date.now() >= deadline) throw error;
        pause(5);
      }
    }
  }

  /** Runs `work` as one change, all or nothing, kept apart from other processes from the start. */
  transaction<T>(work: () => T): T {
    this.#driver.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#driver.exec('COMMIT');
      return result;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#statements.clear();
    this.#driver.close();
  }

  #rollBack(): void {
    try {
      this.#driver.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself (disk full, out of memory): the first error tells
    }
  }
}

function findDriver(name: DriverName | undefined): OpenDriver {
  const open =
    (name === 'libsql' ? undefined : nodeDriver()) ?? (name === 'node:sqlite' ? undefined : libsqlDriver());
  if (open !== undefined) return open;
  throw new SqliteSetupError(
    'sqlite_driver_missing',
    name === 'node:sqlite'
      ? `Node ${process.versions.node} has no built-in SQLite: use Node 22.13 or later, or the driver "libsql".`
      : 'SqliteStore found no SQLite driver. Run `npm install libsql`, or use Node 22.13 or later, which has one built in.',
  );
}

/** The file as drivers take it, its directory made where it is missing. */
function placeOf(file: string | URL): string {
  if (file === ':memory:') return file;
  const path = file instanceof URL ? fileURLToPath(file) : resolve(file);
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

/** Waits without giving up the turn: the driver is synchronous. */
function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
