import type { Database } from './database';
import { ReadQueue } from './read-queue';
import type { Call, Row } from './statement';
import { WriteQueue, type Write } from './write-queue';

/**
 * The store's only access to its database. A write is answered when it is committed, together with all others
 * of the same turn of the event loop and in the order of the calls.
 */
export class Connection {
  readonly #database: Database;
  readonly #reads: ReadQueue;
  readonly #writes: WriteQueue;

  constructor(database: Database) {
    this.#database = database;
    this.#reads = new ReadQueue((calls) => database.read(calls));
    this.#writes = new WriteQueue((calls) => database.write(calls));
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

  write<T>(write: Write<T>): Promise<T> {
    return this.#writes.add(write);
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
