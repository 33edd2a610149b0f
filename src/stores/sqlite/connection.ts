import { type Awaitable } from '../../store';
import { BusyQueue } from './busy-queue';
import { commitTogether, type Work } from './commit-together';
import { type Database } from './database';
import { type ReadStatement, type WriteStatement } from './driver';
import { migrate } from './migrate';
import { WriteQueue } from './write-queue';

/**
 * The store's one way to its database: all reads go through `read`, and all writes through `write`.
 * Writes answer when they are committed, together with all others of the same turn of the event loop;
 * reads answer at once, with what is committed. Where another process holds the lock, both wait for it in
 * order of arrival, and the event loop goes on.
 */
export class Connection {
  readonly #database: Database;
  /** Apart from each other: with the write-ahead log, readers never wait for a writer. */
  readonly #reads: BusyQueue;
  readonly #writes: WriteQueue;
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
    this.#writes = new WriteQueue({
      commit: (works, isAll) => {
        this.#upToDate();
        return commitTogether(database, works, isAll);
      },
      isBusy,
      timeoutMs: busyTimeoutMs,
    });
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

  /**
   * Reads, perhaps by several statements, as if it were one.
   *
   * @param work may be called several times
   */
  read<T>(work: () => T): Awaitable<T> {
    return this.#reads.run(() => {
      this.#upToDate();
      return this.#database.read(work);
    });
  }

  /**
   * Makes one change, all or nothing. Once there is a result, it is committed.
   *
   * @param work may be called several times, with nothing left of the times before. What it was given
   *   may have changed by then: read that before.
   */
  write<T>(work: Work<T>): Promise<T> {
    return this.#writes.add(work);
  }

  /** Brings the schema up to date, should it not be. */
  migrate(): Awaitable<void> {
    return this.#reads.run(() => this.#migrate());
  }

  /** Writes that wait are committed, or given up where a lock is in the way. Closing again is no error. */
  close(): void {
    this.#writes.close();
    this.#database.close();
    this.#reads.close();
  }

  #upToDate(): void {
    if (!this.#isMigrated) this.#migrate();
  }

  #migrate(): void {
    migrate(this.#database);
    this.#isMigrated = true;
  }
}
