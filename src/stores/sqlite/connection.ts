import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { type Awaitable } from '../../store';
import { BusyQueue } from './busy-queue';
import {
  type Driver,
  type OpenDriver,
  type ReadStatement,
  type Statement,
  type WriteStatement,
} from './driver';
import { libsqlDriver } from './libsql-driver';
import { nodeDriver } from './node-driver';
import { SqliteSetupError } from './setup-error';
import { storableOnly } from './storable-only';

/** The name of a driver: Node's own, or the package `libsql`. */
export type DriverName = 'node:sqlite' | 'libsql';

export interface ConnectionOptions {
  /** How long work waits for another process that writes, in milliseconds; 5000 by default. */
  busyTimeoutMs?: number | undefined;
  /** By default Node's own where it has one. */
  driver?: DriverName | undefined;
}

/**
 * A connection that prepares each statement once, and waits for other processes without holding up
 * this one. Whatever writes goes through `write`: it has succeeded when its commit has.
 */
export class Connection {
  readonly #driver: Driver;
  readonly #statements = new Map<string, Statement>();
  readonly #busyTimeoutMs: number;
  readonly #reads: BusyQueue;
  readonly #writes: BusyQueue;
  #closed = false;

  constructor(file: string | URL, { busyTimeoutMs = 5000, driver }: ConnectionOptions) {
    const openDriver = findDriver(driver);
    this.#busyTimeoutMs = busyTimeoutMs;
    // NORMAL: with the write-ahead log a power cut may take the last commits, and never corrupts.
    this.#driver = openDriver(
      placeOf(file),
      'PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON',
      busyTimeoutMs,
    );
    this.#driver.waitForLocks(0);
    const isBusy = (error: unknown): boolean => this.#driver.isBusy(error);
    this.#reads = new BusyQueue(isBusy, busyTimeoutMs);
    this.#writes = new BusyQueue(isBusy, busyTimeoutMs);
  }

  /** The prepared statement of a text that reads; texts are constants, so there are few. */
  select(text: string): ReadStatement {
    return this.#prepare(text);
  }

  /** The prepared statement of a text that changes something. */
  change(text: string): WriteStatement {
    return this.#prepare(text);
  }

  exec(text: string): void {
    this.#driver.exec(text);
  }

  /** Runs work that only reads; it may be run again. */
  read<T>(work: () => T): Awaitable<T> {
    return this.#reads.run(work);
  }

  /**
   * Runs work as one change, all or nothing, kept apart from other processes; it may be run again. A
   * lock is met at its beginning or at its commit, and never by a statement: libsql does not reset one
   * that has met a lock.
   */
  write<T>(work: () => T): Awaitable<T> {
    return this.#writes.run(() => this.#inTransaction(work));
  }

  /** Waits for other processes with this one, while it serves nobody yet. */
  blocking<T>(work: () => T): T {
    this.#driver.waitForLocks(this.#busyTimeoutMs);
    try {
      return work();
    } finally {
      this.#driver.waitForLocks(0);
    }
  }

  /**
   * Runs work that sets up the schema, in a file with a write-ahead log, which lets readers and the
   * writer not wait for each other. The file remembers it; some disks cannot have it.
   */
  setUp(work: () => void): void {
    this.#useWriteAheadLog();
    this.#inTransaction(work);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#reads.close();
    this.#writes.close();
    this.#statements.clear();
    this.#driver.close();
  }

  #prepare(text: string): Statement {
    let statement = this.#statements.get(text);
    if (statement === undefined) {
      statement = storableOnly(this.#driver.prepare(text));
      this.#statements.set(text, statement);
    }
    return statement;
  }

  /** SQLite itself does not wait for the lock that this takes, as it does for others. */
  #useWriteAheadLog(): void {
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

  #inTransaction<T>(work: () => T): T {
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

/**
 * The file as drivers take it, made where it is missing, with its directory. It holds what users wrote:
 * like attachments, it is for the server's own user. SQLite makes its other files with the same mode.
 */
function placeOf(file: string | URL): string {
  if (file === ':memory:') return file;
  const path = file instanceof URL ? fileURLToPath(file) : resolve(file);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  makeFile(path);
  return path;
}

/** A file that is there is not opened: closing it would drop the locks that this process has on it. */
function makeFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Waits without giving up the turn. */
function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
