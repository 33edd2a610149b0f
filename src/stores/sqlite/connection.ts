import { type Awaitable } from '../../store';
import { BusyQueue } from './busy-queue';
import { type Database } from './database';
import { type ReadStatement, type WriteStatement } from './driver';
import { migrate } from './migrate';

/**
 * The store's one way to its database: whatever reads goes through `read`, and whatever writes through
 * `write`. Both answer at once, unless another process holds the lock: then they wait for it, in order
 * of arrival, and the event loop goes on.
 */
export class Connection {
  readonly #database: Database;
  /** Apart from each other: with the write-ahead log, readers never wait for a writer. */
  readonly #reads: BusyQueue;
  readonly #writes: BusyQueue;
  #isMigrated = false;

  /**
   * Brings the schema up to date, unless another process holds the lock now. Then the first calls do
   * that, when they have waited for the lock.
   *
   * @param options `busyTimeoutMs`: how long a call waits for a lock, in milliseconds
   */
  constructor(database: Database, { busyTimeoutMs }: { busyTimeoutMs: number }) {
    const isBusy = (error: unknown): boolean => database.isBusy(error);
    this.#database = database;
    this.#reads = new BusyQueue(isBusy, busyTimeoutMs);
    this.#writes = new BusyQueue(isBusy, busyTimeoutMs);
    try {
      this.#migrate();
    } catch (error) {
      if (isBusy(error)) return;
      database.close();
      throw error;
    }
  }

  /** A statement that reads, within `read` or `write`. */
  select(text: string): ReadStatement {
    return this.#database.select(text);
  }

  /** A statement that changes something, within `write`. */
  change(text: string): WriteStatement {
    return this.#database.change(text);
  }

  /** @param work may be called several times */
  read<T>(work: () => T): Awaitable<T> {
    return this.#reads.run(() => {
      this.#upToDate();
      return work();
    });
  }

  /**
   * Reads by several statements, as if it were one.
   *
   * @param work may be called several times
   */
  readTogether<T>(work: () => T): Awaitable<T> {
    return this.read(() => this.#database.snapshot(work));
  }

  /**
   * Makes one change, all or nothing: once there is a result, it is committed.
   *
   * @param work may be called several times, with nothing left of the times before. What it was given
   *   may have changed by then: read that before.
   */
  write<T>(work: () => T): Awaitable<T> {
    return this.#writes.run(() => {
      this.#upToDate();
      return this.#database.transaction(work);
    });
  }

  /** Brings the schema up to date, should it not be. */
  migrate(): Awaitable<void> {
    return this.#writes.run(() => this.#migrate());
  }

  /** What still waits is given up. Closing again is no error. */
  close(): void {
    this.#database.close();
    this.#reads.close();
    this.#writes.close();
  }

  #upToDate(): void {
    if (!this.#isMigrated) this.#migrate();
  }

  #migrate(): void {
    migrate(this.#database);
    this.#isMigrated = true;
  }
}
