import type { Cluster } from '../cluster';
import type { Random } from '../random';

/** Something that goes wrong; resolves when what is to come back has come back. */
export type Fault = (random: Random) => Promise<void>;

/** Several processes of an app on one database, and what may go wrong with them. */
export interface World {
  readonly cluster: Cluster;
  readonly faults: Readonly<Record<string, Fault>>;
  /** Asks the database itself, beside the processes. */
  query(sql: string): Promise<Record<string, unknown>[]>;
  /** What is still held though nothing goes on. */
  leftovers(): Promise<string[]>;
  stop(): Promise<void>;
}

/** A world that begins with nothing in its database. */
export type MakeWorld = (ended: (violation: string) => void) => Promise<World>;
