import { setImmediate } from 'node:timers/promises';
import { type Page } from '../../protocol';
import {
  type Awaitable,
  type BatchOptions,
  type KeyedValue,
  type PutOptions,
  type StoredValue,
} from '../../store';
import { batchOf } from '../batch';
import { jsonText } from '../json-value';
import { type Connection } from './connection';
import { LIST_MORE_VALUES, LIST_VALUES } from './owner-sql';
import { type SqliteThreads } from './sqlite-threads';

interface ValueRow {
  key: string;
  text: string;
}

const ADD =
  'INSERT INTO chatkit_values (owner, key, text, expires_at, thread, version) VALUES (?, ?, ?, ?, ?, 1)';

/** owner, key, text, expiry, thread, now */
const PUT = `${ADD} ON CONFLICT (owner, key) DO UPDATE
  SET text = excluded.text, expires_at = excluded.expires_at, thread = excluded.thread,
    version = iif(expires_at IS NULL OR expires_at > ?, version + 1, 1)
  RETURNING version`;

/** owner, key, text, expiry, thread, now */
const PUT_IF_ABSENT = `${ADD} ON CONFLICT (owner, key) DO UPDATE
  SET text = excluded.text, expires_at = excluded.expires_at, thread = excluded.thread, version = 1
  WHERE chatkit_values.expires_at <= ?
  RETURNING version`;

/** now, how many at most: one statement for all of them would keep the event loop waiting */
const CLEAN_UP = `DELETE FROM chatkit_values WHERE seq IN
  (SELECT seq FROM chatkit_values WHERE expires_at <= ? LIMIT ?)`;
const BATCH = 1000;

/** text, expiry, thread, owner, key, version, now */
const PUT_IF_VERSION = `UPDATE chatkit_values SET text = ?, expires_at = ?, thread = ?, version = version + 1
  WHERE owner = ? AND key = ? AND version = ? AND (expires_at IS NULL OR expires_at > ?)
  RETURNING version`;

/** The key-value records of a {@link SqliteStore}. Each put is one statement, so that one of several wins. */
export class SqliteValues {
  readonly #connection: Connection;
  readonly #threads: SqliteThreads;

  constructor(connection: Connection, threads: SqliteThreads) {
    this.#connection = connection;
    this.#threads = threads;
  }

  get(owner: string, key: string): Awaitable<StoredValue | undefined> {
    return this.#connection.read(() => {
      const row = this.#connection
        .select(
          `SELECT version, text FROM chatkit_values
          WHERE owner = ? AND key = ? AND (expires_at IS NULL OR expires_at > ?)`,
        )
        .get(owner, key, Date.now()) as { version: number; text: string } | undefined;
      return row && { value: JSON.parse(row.text) as unknown, version: row.version };
    });
  }

  put(
    owner: string,
    key: string,
    value: unknown,
    { ifVersion, expiresAt, threadId }: PutOptions = {},
  ): Awaitable<number | undefined> {
    const text = jsonText(value);
    const expiry = expiresAt ?? null;
    return this.#connection.write(() => {
      const now = Date.now();
      const thread = threadId === undefined ? null : this.#threads.sequenceOf(owner, threadId);
      const kept = [text, expiry, thread] as const;
      const [row] =
        ifVersion === undefined || ifVersion === 0
          ? this.#connection.change(ifVersion === 0 ? PUT_IF_ABSENT : PUT).all(owner, key, ...kept, now)
          : this.#connection.change(PUT_IF_VERSION).all(...kept, owner, key, ifVersion, now);
      return (row as { version: number } | undefined)?.version;
    });
  }

  delete(owner: string, key: string): Awaitable<void> {
    return this.#connection.write(() => {
      this.#connection.change('DELETE FROM chatkit_values WHERE owner = ? AND key = ?').run(owner, key);
    });
  }

  list(owner: string, { limit, after }: BatchOptions): Awaitable<Page<KeyedValue>> {
    const sql = after === undefined ? LIST_VALUES : LIST_MORE_VALUES;
    return this.#connection.read(() =>
      batchOf(
        this.#connection.select(sql).all(owner, after ?? '', Date.now(), limit + 1) as ValueRow[],
        limit,
        ({ key }) => key,
        ({ key, text }) => ({ key, value: JSON.parse(text) as unknown }),
      ),
    );
  }

  /** Deletes the values that have expired by `now`, and returns how many. */
  async cleanUp(now: number): Promise<number> {
    for (let deleted = 0; ;) {
      const batch = await this.#connection.write(() => this.#connection.change(CLEAN_UP).run(now, BATCH));
      deleted += batch;
      if (batch < BATCH) return deleted;
      await setImmediate();
    }
  }
}
