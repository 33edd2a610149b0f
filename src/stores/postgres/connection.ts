import type { Database } from './database';
import { lockLost } from './failures';
import { ReadQueue } from './read-queue';
import type { Call, Row } from './statement';
import { WriteQueue, type Write } from './write-queue';

/** The locks of the runs that write. */
interface Locks {
  /** Pending while it is not known whether this process still has them. */
  readonly doubt: Promise<void> | undefined;
}

/**
 * The store's only access to its database. A write is answered when it is committed, together with all others
 * of the same turn of the event loop and in the order of the calls.
 */
export class Connection {
  readonly #database: Database;
  readonly #reads: ReadQueue;
  readonly #writes: WriteQueue;

  /** @param locks a transaction waits until it is known which of them are lost */
  constructor(database: Database, locks: Locks) {
    this.#database = database;
    this.#reads = new ReadQueue((calls) => database.read(calls));
    this.#writes = new WriteQueue((calls) => {
      const { doubt } = locks;
      return doubt === undefined ? database.write(calls) : doubt.then(() => database.write(calls));
    });
  }

  /** The rows of a short read, sent together with others of the same turn of the event loop. */
  read(call: Call): Promise<Row[]> {
    return this.#reads.add(call);
  }

  /**
   * Reads that may be large are sent alone, so that others do not wait for them. Returns the last call's
   * rows.
   */
  async readLarge(...calls: readonly Call[]): Promise<Row[]> {
    return (await this.#database.read(calls)).at(-1) ?? [];
  }

  /**
   * @param holder the run of this process that has the lock of the thread, if any
   * @throws UnavailableError `lock_lost` if another process got the lock before the write was sent
   */
  write<T>(write: Write<T>, holder?: { readonly isLost: boolean }): Promise<T> {
    return this.#writes.add(holder === undefined ? write : unlessLost(write, holder));
  }

  migrate(): Promise<void> {
    return this.#database.migrate();
  }

  /** Commits waiting writes first. A second call is not an error. */
  async close(): Promise<void> {
    await this.#writes.idle();
    await this.#database.close();
  }
}

/** Other processes may have added items by then, and this one would come behind them. */
function unlessLost<T>(write: Write<T>, holder: { readonly isLost: boolean }): Write<T> {
  let isRefused = false;
  return {
    ...write,
    calls(isAll) {
      isRefused = holder.isLost;
      return isRefused ? [] : write.calls(isAll);
    },
    read(results) {
      if (isRefused) throw lockLost();
      return write.read(results);
    },
  };
}
