import type { Database } from './database';
import { ReadQueue } from './read-queue';
import type { Call, Row } from './statement';
import { WriteQueue, type Write } from './write-queue';

/**
 * The store's one way to its database. Writes are answered when they are committed, together with all
 * others of the same turn of the event loop and in the order of the calls.
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

  /** What a short call reads, together with others of the same turn of the event loop. */
  read(call: Call): Promise<Row[]> {
    return this.#reads.add(call);
  }

  /** What may be large, by itself: others do not wait behind it. The rows of the last call. */
  async readLarge(...calls: readonly Call[]): Promise<Row[]> {
    return (await this.#database.read(calls)).at(-1) ?? [];
  }

  write<T>(write: Write<T>): Promise<T> {
    return this.#writes.add(write);
  }

  migrate(): Promise<void> {
    return this.#database.migrate();
  }

  /** Writes that wait are made before. Closing again is no error. */
  async close(): Promise<void> {
    await this.#writes.idle();
    await this.#database.close();
  }
}
