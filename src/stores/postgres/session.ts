import type { Client } from 'pg';
import { UnavailableError } from '../../errors';
import { endWithin } from './end-within';
import { isLost, notConnected, toStoreError } from './failures';
import { loadPg } from './load-pg';
import { patienceOf } from './patience';
import { Pipeline, type Prepared } from './pipeline';
import { KEEP_ALIVE_MS, startupOptions } from './startup-options';
import { call, statement, type Call, type Row } from './statement';
import { WriteQueue } from './write-queue';

/** The types of `pg` lack these methods. */
type ListeningClient = Client & { ref(): void; unref(): void; processID: number | null };

export interface SessionOptions {
  url: string;
  connectTimeoutMs: number;
  statementTimeoutMs: number;
  /** More settings for `pg`. */
  pg: Readonly<Record<string, unknown>>;
  channel: string;
  /**
   * Called with each message of the channel, also those of this session, in the same order for all listeners.
   */
  heard: (message: string) => void;
  /** Called when the connection is lost, and with it all locks of the session. */
  lost: () => void;
}

/** One lasting connection. Its locks are freed when it ends, and it listens to a channel. */
export class Session {
  readonly #options: SessionOptions;
  readonly #calls: WriteQueue;
  #connecting: Promise<[ListeningClient, Prepared]> | undefined;
  #closed = false;
  /** The server's processes of earlier connections, the last ones. */
  readonly lostPids: number[] = [];

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#calls = new WriteQueue((calls) => this.#send(calls()));
  }

  /**
   * The rows of a call. Calls are made in order; those of one turn of the event loop share a round trip. If the
   * server refuses one of them, the others are made again.
   *
   * @param undo undoes the call. Needed for calls that take a lock of the session: the lock stays if the
   * transaction is rolled back, also if another call is the reason. The call is undone before it is made again,
   * and if it fails.
   * @throws UnavailableError when the connection is lost, or cannot be opened
   */
  async call(one: Call, undo?: Call): Promise<Row[]> {
    let isFirst = true;
    const calls = (): Call[] => {
      const made = isFirst || undo === undefined ? [one] : [undo, one];
      isFirst = false;
      return made;
    };
    try {
      return await this.#calls.add({ lock: '', calls, read: (results) => results.at(-1) ?? [] });
    } catch (error) {
      if (error instanceof UnavailableError) throw error; // the locks are lost with the connection
      if (undo !== undefined) await this.call(undo).catch(() => undefined); // the first error says why
      throw toStoreError(error, this.#options.statementTimeoutMs);
    }
  }

  /** Executes pending calls first. */
  async close(): Promise<void> {
    if (this.#closed) return;
    await this.#calls.idle();
    this.#closed = true;
    const connected = await this.#connecting?.catch(() => undefined);
    if (connected === undefined) return;
    const [client] = connected;
    await endWithin(this.#options.connectTimeoutMs, client.end(), [client]);
  }

  async #send(calls: readonly Call[]): Promise<Row[][]> {
    try {
      const [client, prepared] = await (this.#connecting ??= this.#connect());
      client.ref();
      try {
        return await this.#pipe(client, prepared, calls);
      } finally {
        client.unref(); // listening does not keep the process alive
      }
    } catch (error) {
      throw isLost(error) ? toStoreError(error, this.#options.statementTimeoutMs) : error;
    }
  }

  async #connect(): Promise<[ListeningClient, Prepared]> {
    if (this.#closed) throw new Error('The store is closed.');
    const { url, connectTimeoutMs, statementTimeoutMs, pg, channel, heard } = this.#options;
    const client = new (loadPg().Client)({
      application_name: `chatkit-controllers ${channel}`,
      connectionTimeoutMillis: connectTimeoutMs,
      statement_timeout: statementTimeoutMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      ...pg,
      ...startupOptions(url, pg),
    });
    const prepared: Prepared = new Map();
    client.on('error', () => undefined); // 'end' follows
    client.on('notification', ({ payload }) => payload !== undefined && heard(payload));
    try {
      await client.connect();
      await this.#pipe(client, prepared, [call(statement(`LISTEN ${channel}`))]);
    } catch (error) {
      this.#connecting = undefined;
      client.end().catch(() => undefined);
      throw notConnected(error);
    }
    client.on('end', () => {
      this.#connecting = undefined;
      const { processID: pid } = client as ListeningClient;
      if (pid !== null) this.lostPids.splice(0, this.lostPids.length, ...this.lostPids.slice(-3), pid);
      if (!this.#closed) this.#options.lost();
    });
    return [client as ListeningClient, prepared];
  }

  #pipe(client: Client, prepared: Prepared, calls: readonly Call[]): Promise<Row[][]> {
    return new Promise((resolve, reject) => {
      client.query(new Pipeline(calls, prepared, patienceOf(this.#options), resolve, reject));
    });
  }
}
