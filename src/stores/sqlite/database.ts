import {
  type Driver,
  type DriverKind,
  type ReadStatement,
  type Statement,
  type WriteStatement,
} from './driver';
import { storableOnly } from './storable-only';

// NORMAL: with the write-ahead log a power cut may take the last commits, and never corrupts. The log is
// put into the file, and both are forced to the disk, every 4000 pages (16 MB) instead of 1000: the event
// loop waits for that, 30 ms each time, in all 22 us an action less.
const SETUP = 'PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 4000';

/**
 * A database, opened when it is first used. Each statement is prepared once: texts are constants, so
 * there are few. It waits for nothing: where another connection holds a lock, it throws.
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

  /** The prepared statement of a text that reads, for this moment: do not keep it. */
  select(text: string): ReadStatement {
    return this.#prepare(text);
  }

  /** The prepared statement of a text that changes something, for this moment. */
  change(text: string): WriteStatement {
    return this.#prepare(text);
  }

  exec(text: string): void {
    this.#open().exec(text);
  }

  /**
   * Runs `work` as one change, all or nothing, kept apart from other connections from the start. When
   * this returns, it is committed: COMMIT is a statement of its own, whose error no driver loses.
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
   * Runs `work`, which reads alone. What is read in one turn of the event loop, and between two
   * transactions, is one state of the database: what other connections change meanwhile is seen later.
   * The lock that this needs is taken once a turn, and costs more than most statements.
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
      this.#endReading(); // or a lock that was met would be met again
      throw error;
    }
  }

  /** Whether the error says that another connection holds a lock: nothing was changed, and it may be tried again. */
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
      // SQLite has rolled back by itself (disk full, out of memory): the first error tells
    }
  }
}
