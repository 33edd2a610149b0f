import { type Awaitable } from '../../store';
import { BusyQueue } from './busy-queue';
import { commitTogether, type Work } from './commit-together';
import { type Database } from './database';
import { type ReadStatement, type WriteStatement } from './driver';
import { migrate } from './migrate';
import { WriteQueue } from './write-queue';

/**
 * The store's only access to its database: all reads go through `read`, and all writes through `write`. A
 * write is answered when it is committed, together with all others of the same turn of the event loop. A read
 * is answered at once, with committed data. While another process holds the lock, both wait in order of
 * arrival, and the event loop goes on.
 */
export class Connection {
  readonly #database: Database;
  /** Separate queues: with the write-ahead log, readers never wait for a writer. */
  readonly #reads: BusyQueue;
  readonly #writes: WriteQueue;
  #isMigrated = false;

  /**
   * Brings the schema up to date, unless another process holds the lock now. Then the first calls do it,
   * after they have waited for the lock.
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

  /** A statement that reads, for use within `read` or `write`. */
  select(text: string): ReadStatement {
    return this.#database.select(text);
  }

  /** A statement that changes data, for use within `write`. */
  change(text: string): WriteStatement {
    return this.#database.change(text);
  }

  /**
   * Reads one state of the database, even with several statements.
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
   * Makes one change, all or nothing, and returns its result when it is committed.
   *
   * @param work may be called several times; earlier attempts leave nothing behind. Read the caller's objects
   * before: they may have changed when `work` is called.
   */
  write<T>(work: Work<T>): Promise<T> {
    return this.#writes.add(work);
  }

  /** Brings the schema up to date, if it is not. */
  migrate(): Awaitable<void> {
    return this.#reads.run(() => this.#migrate());
  }

  /** Commits waiting writes, or rejects them if a lock is in the way. A second call is not an error. */
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
