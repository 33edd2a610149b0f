import { setTimeout } from 'node:timers/promises';

import type { ClientBase, Pool, PoolClient } from 'pg';
import { endWithin } from './end-within';
import { isForgotten, isLost, isUndone, notConnected, toSetupError, toStoreError } from './failures';
import { loadPg } from './load-pg';
import { migrate } from './migrate';
import { patienceOf } from './patience';
import { Pipeline, type Prepared } from './pipeline';
import { KEEP_ALIVE_MS, READ_COMMITTED, startupOptions } from './startup-options';
import type { Call, Row } from './statement';

export interface DatabaseOptions {
  url: string;
  maxConnections: number;
  connectTimeoutMs: number;
  statementTimeoutMs: number;
  /** More settings for `pg`. */
  pg: Readonly<Record<string, unknown>>;
}

/** How often calls are tried when other transactions conflict with them. */
const ATTEMPTS = 5;

/** The connections to a database. For each, it keeps which statements are prepared. */
export class Database {
  readonly #options: DatabaseOptions;
  readonly #pool: Pool;
  readonly #patienceMs: number | undefined;
  readonly #clients = new Set<ClientBase>();
  readonly #prepared = new WeakMap<ClientBase, Prepared>();
  #isMigrated = false;
  #migrating: Promise<void> | undefined;
  #closed = false;

  constructor(options: DatabaseOptions) {
    const { url, maxConnections, connectTimeoutMs, statementTimeoutMs, pg } = options;
    this.#options = options;
    this.#patienceMs = patienceOf(options);
    this.#pool = new (loadPg().Pool)({
      application_name: 'chatkit-controllers',
      max: maxConnections,
      connectionTimeoutMillis: connectTimeoutMs,
      statement_timeout: statementTimeoutMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      ...pg,
      ...startupOptions(url, pg, READ_COMMITTED),
    });
    // A connection was lost, idle or in use: its calls fail, and the pool opens another when needed.
    this.#pool
      .on('error', ignore)
      .on('remove', (client) => this.#clients.delete(client))
      .on('connect', (client) => this.#clients.add(client.on('error', ignore)));
  }

  /**
   * Reads, in one round trip. Retries after a conflict or a lost connection.
   *
   * @throws UnavailableError `store_busy`, `store_unavailable`
   */
  read(calls: readonly Call[]): Promise<Row[][]> {
    return this.#perform(
      () => calls,
      (error) => isUndone(error) || isForgotten(error) || isLost(error),
    );
  }

  /**
   * Writes, in one round trip and one transaction. Retries if the server rolled it back because of another
   * transaction, but not if the connection is lost: the transaction may be committed, and other processes may
   * have written since.
   *
   * @param calls called again for each try
   * @throws UnavailableError `store_busy`, `store_unavailable`
   */
  write(calls: () => readonly Call[]): Promise<Row[][]> {
    return this.#perform(calls, (error) => isUndone(error) || isForgotten(error));
  }

  /** Brings the schema up to date, if it is not. */
  migrate(): Promise<void> {
    this.#migrating ??= this.#migrate().finally(() => (this.#migrating = undefined));
    return this.#migrating;
  }

  /** A connection for exclusive use. The caller must release it. */
  connect(): Promise<PoolClient> {
    if (this.#closed) return Promise.reject(new Error('The store is closed.'));
    return this.#pool.connect();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#pool.end(); // does not wait for the idle ones
    await endWithin(this.#options.connectTimeoutMs, this.#allRemoved(), this.#clients);
  }

  #allRemoved(): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.#clients.size === 0) resolve();
      };
      this.#pool.on('remove', look);
      look();
    });
  }

  async #perform(calls: () => readonly Call[], again: (error: unknown) => boolean): Promise<Row[][]> {
    if (!this.#isMigrated) await this.migrate();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#send(calls());
      } catch (error) {
        if (this.#closed || attempt === ATTEMPTS || !again(error)) throw this.#told(error);
        if (!isForgotten(error)) await setTimeout(Math.random() * 10 * 2 ** attempt);
      }
    }
  }

  async #send(calls: readonly Call[]): Promise<Row[][]> {
    if (calls.length === 0) return [];
    let client: PoolClient | undefined;
    let failure: unknown;
    try {
      client = await this.connect();
      return await this.#pipe(client, calls);
    } catch (error) {
      failure = client === undefined && !this.#closed ? notConnected(error) : error;
      throw failure;
    } finally {
      client?.release(failure !== undefined && isLost(failure));
    }
  }

  #pipe(client: PoolClient, calls: readonly Call[]): Promise<Row[][]> {
    let prepared: Prepared | undefined = this.#prepared.get(client);
    if (prepared === undefined) this.#prepared.set(client, (prepared = new Map<string, 'yes' | 'maybe'>()));
    const known = prepared;
    return new Promise((resolve, reject) => {
      client.query(new Pipeline(calls, known, this.#patienceMs, resolve, reject));
    });
  }

  async #migrate(): Promise<void> {
    try {
      const client = await this.connect();
      try {
        await migrate(client);
      } finally {
        client.release();
      }
    } catch (error) {
      const told = toSetupError(error);
      throw told === error ? this.#told(error) : told;
    }
    this.#isMigrated = true;
  }

  #told(error: unknown): unknown {
    return this.#closed ? error : toStoreError(error, this.#options.statementTimeoutMs);
  }
}

function ignore(): void {
  // the calls of that connection get the error
}
