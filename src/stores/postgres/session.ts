import type { Client } from 'pg';
import { notConnected, toStoreError } from './failures';
import { loadPg } from './load-pg';
import { Pipeline, type Prepared } from './pipeline';
import type { Call, Row } from './statement';
import { WriteQueue } from './write-queue';

/** Its types leave these out. */
type ListeningClient = Client & { ref(): void; unref(): void };

export interface SessionOptions {
  url: string;
  connectTimeoutMs: number;
  statementTimeoutMs: number;
  /** Further settings of `pg`. */
  pg: Readonly<Record<string, unknown>>;
  channel: string;
  /** What was told on the channel, by this session as well, in the same order for all that listen. */
  heard: (message: string) => void;
  /** The connection was lost, and all that the session held with it. */
  lost: () => void;
}

/** One connection that stays: what it locks is freed when it ends, and it hears what others tell. */
export class Session {
  readonly #options: SessionOptions;
  readonly #calls: WriteQueue;
  #connecting: Promise<[ListeningClient, Prepared]> | undefined;
  #closed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#calls = new WriteQueue((calls) => this.#send(calls()));
  }

  /**
   * The rows of a call. Calls are made in order, those of one turn of the event loop in one round trip.
   *
   * @throws UnavailableError when the connection is lost, or is not to be had
   */
  call(one: Call): Promise<Row[]> {
    return this.#calls.add({ lock: '', calls: () => [one], read: ([rows]) => rows ?? [] });
  }

  /** What has been called is executed before. */
  async close(): Promise<void> {
    if (this.#closed) return;
    await this.#calls.idle();
    this.#closed = true;
    const connected = await this.#connecting?.catch(() => undefined);
    await connected?.[0].end();
  }

  async #send(calls: readonly Call[]): Promise<Row[][]> {
    try {
      const [client, prepared] = await (this.#connecting ??= this.#connect());
      client.ref();
      try {
        return await new Promise((resolve, reject) => {
          client.query(new Pipeline(calls, prepared, resolve, reject));
        });
      } finally {
        client.unref(); // listening does not keep the process alive
      }
    } catch (error) {
      throw toStoreError(error, this.#options.statementTimeoutMs);
    }
  }

  async #connect(): Promise<[ListeningClient, Prepared]> {
    if (this.#closed) throw new Error('The store is closed.');
    const { url, connectTimeoutMs, statementTimeoutMs, pg, channel, heard } = this.#options;
    const client = new (loadPg().Client)({
      connectionString: url,
      application_name: `chatkit-controllers ${channel}`,
      connectionTimeoutMillis: connectTimeoutMs,
      statement_timeout: statementTimeoutMs,
      keepAlive: true,
      ...pg,
    });
    client.on('error', () => undefined); // 'end' follows
    client.on('notification', ({ payload }) => payload !== undefined && heard(payload));
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
    } catch (error) {
      this.#connecting = undefined;
      client.end().catch(() => undefined);
      throw notConnected(error);
    }
    client.on('end', () => {
      this.#connecting = undefined;
      if (!this.#closed) this.#options.lost();
    });
    return [client as ListeningClient, new Map()];
  }
}
