import {
  type Driver,
  type DriverKind,
  type ReadStatement,
  type Statement,
  type WriteStatement,
} from './driver';
import { storableOnly } from './storable-only';

// NORMAL: with the write-ahead log, a power failure may lose the last commits, but never corrupts the file.
// A checkpoint copies the log into the file, syncs both, and blocks the event loop for 30 ms. It runs every
// 4000 pages (16 MB) instead of 1000, which saves 22 us per action.
const SETUP = 'PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 4000';

/**
 * A database, opened on first use. Each statement is prepared once: texts are constants, so there are few. It
 * never waits: if another connection holds a lock, it throws.
 */
export class Database {
  readonly #kind: DriverKind;
  readonly #file: string;
  readonly #statements = new Map<string, Statement>();
  #driver: Driver | undefined;
  #isReading = false;
  #closed = false;

  /** @param file an absolute path or `:memory:` */
  constructor(kind: DriverKind, file: string) {
    this.#kind = kind;
    this.#file = file;
  }

  /** The prepared statement for a text that reads. Do not keep it. */
  select(text: string): ReadStatement {
    return this.#prepare(text);
  }

  /** The prepared statement for a text that changes data. Do not keep it. */
  change(text: string): WriteStatement {
    return this.#prepare(text);
  }

  exec(text: string): void {
    this.#open().exec(text);
  }

  /**
   * Runs `work` as one change, all or nothing, isolated from other connections from the start. When this
   * returns, it is committed. COMMIT is a separate statement, so that the driver reports its error.
   */
  transaction<T>(work: () => T): T {
    this.#endReading();
    this.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.exec('COMMIT');
      return result;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  /**
   * Runs `work`, which only reads. All reads in one turn of the event loop, between two transactions, see one
   * state of the database: changes of other connections are seen later. The lock for this is taken once per
   * turn, and costs more than most statements.
   */
  read<T>(work: () => T): T {
    if (!this.#isReading) {
      this.exec('BEGIN');
      this.#isReading = true;
      setImmediate(this.#endReading);
    }
    try {
      return work();
    } catch (error) {
      this.#endReading(); // otherwise a lock that was met would be met again
      throw error;
    }
  }

  /** Whether another connection holds a lock: nothing was changed, and the call may be retried. */
  isBusy(error: unknown): boolean {
    return this.#kind.isBusy(error);
  }

  close(): void {
    this.#closed = true;
    this.#disconnect();
  }

  #prepare(text: string): Statement {
    const driver = this.#open();
    let statement = this.#statements.get(text);
    if (statement === undefined) {
      statement = storableOnly(driver.prepare(text));
      this.#statements.set(text, statement);
    }
    return statement;
  }

  #open(): Driver {
    if (this.#driver?.isStuck === true) this.#disconnect();
    return (this.#driver ??= this.#connect());
  }

  #connect(): Driver {
    if (this.#closed) throw new Error('The store is closed.');
    const driver = this.#kind.open(this.#file);
    try {
      driver.exec(SETUP);
      return driver;
    } catch (error) {
      driver.close();
      throw error;
    }
  }

  readonly #endReading = (): void => {
    if (!this.#isReading) return;
    this.#isReading = false;
    this.#rollBack();
  };

  #disconnect(): void {
    this.#isReading = false;
    this.#statements.clear();
    this.#driver?.close();
    this.#driver = undefined;
  }

  #rollBack(): void {
    try {
      this.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself (disk full, out of memory): the first error says why
    }
  }
}
