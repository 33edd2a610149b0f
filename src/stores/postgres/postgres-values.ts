import { type PutOptions, type StoredValue } from '../../store';
import { jsonText } from '../json-value';
import { notFound } from '../store-errors';
import type { Connection } from './connection';
import { call, statement, type Statement } from './statement';

const LIVES = '(value.expires_at IS NULL OR value.expires_at >';

const GET = statement(
  `SELECT version, text FROM chatkit_values AS value WHERE owner = $1 AND key = $2 AND ${LIVES} $3::bigint)`,
);

/** The statements of a put, with or without a thread. Their first values are owner, key, text and expiry. */
interface Puts {
  /** now */
  readonly put: Statement;
  /** now */
  readonly ifAbsent: Statement;
  /** now, version */
  readonly ifVersion: Statement;
}

const ALONE = puts('NULL::bigint', 5, '', (sql) => sql);

/**
 * The thread id follows the expiry. The thread's key stays locked until the commit, so that a deletion of the
 * thread waits, and then finds the value.
 */
const OF_THREAD = puts('thread.seq', 6, ' FROM thread', (sql) => {
  const thread = 'SELECT seq FROM chatkit_threads WHERE id = $5 AND owner = $1 AND NOT deleted FOR KEY SHARE';
  return `WITH thread AS MATERIALIZED (${thread}), put AS (${sql})
    SELECT (SELECT version FROM put), EXISTS (SELECT FROM thread)`;
});

function puts(thread: string, now: number, from: string, within: (sql: string) => string): Puts {
  const lives = `${LIVES} $${String(now)}::bigint)`;
  const add = `INSERT INTO chatkit_values AS value (owner, key, text, expires_at, thread, version)
    SELECT $1, $2, $3, $4::bigint, ${thread}, 1${from}
    ON CONFLICT (owner, key) DO UPDATE
    SET text = excluded.text, expires_at = excluded.expires_at, thread = excluded.thread`;
  const next = `CASE WHEN ${lives} THEN value.version + 1 ELSE 1 END`;
  const change = `UPDATE chatkit_values AS value
    SET text = $3, expires_at = $4::bigint, thread = ${thread}, version = version + 1${from}
    WHERE owner = $1 AND key = $2 AND version = $${String(now + 1)}::bigint AND ${lives}`;
  return {
    put: statement(within(`${add}, version = ${next} RETURNING version`)),
    ifAbsent: statement(within(`${add}, version = 1 WHERE NOT ${lives} RETURNING version`)),
    ifVersion: statement(within(`${change} RETURNING version`)),
  };
}

const DELETE = statement('DELETE FROM chatkit_values WHERE owner = $1 AND key = $2');

/**
 * How many expired values are deleted at a time: all of them at once could take longer than a statement may, and
 * the other writes of the process would wait.
 */
const BATCH = 1000;

/** now. Several processes that start together each delete others. */
const CLEAN_UP = statement(`WITH gone AS (
    DELETE FROM chatkit_values WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM chatkit_values WHERE expires_at <= $1::bigint
      ORDER BY expires_at LIMIT ${String(BATCH)} FOR UPDATE SKIP LOCKED
    )) RETURNING 1
  ) SELECT count(*) FROM gone`);

/**
 * The key-value records of a {@link PostgresStore}. Each put is one statement, so that one of several wins.
 */
export class PostgresValues {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async get(owner: string, key: string): Promise<StoredValue | undefined> {
    const [row] = await this.#connection.read(call(GET, owner, key, Date.now()));
    return row && { value: JSON.parse(String(row[1])) as unknown, version: Number(row[0]) };
  }

  async put(
    owner: string,
    key: string,
    value: unknown,
    { ifVersion, expiresAt, threadId }: PutOptions = {},
  ): Promise<number | undefined> {
    const text = jsonText(value);
    const statements = threadId === undefined ? ALONE : OF_THREAD;
    const values = [owner, key, text, expiresAt ?? null, ...(threadId === undefined ? [] : [threadId])];
    return this.#connection.write({
      lock: lockOfValue(owner, key),
      size: text.length,
      calls() {
        const now = Date.now();
        if (ifVersion === undefined) return [call(statements.put, ...values, now)];
        if (ifVersion === 0) return [call(statements.ifAbsent, ...values, now)];
        return [call(statements.ifVersion, ...values, now, ifVersion)];
      },
      read([rows]) {
        const [version, isThere] = rows?.[0] ?? [];
        if (threadId !== undefined && isThere !== 't') throw notFound('Thread', threadId);
        return typeof version === 'string' ? Number(version) : undefined;
      },
    });
  }

  async delete(owner: string, key: string): Promise<void> {
    const calls = [call(DELETE, owner, key)];
    return this.#connection.write({
      lock: lockOfValue(owner, key),
      calls: () => calls,
      read: () => undefined,
    });
  }

  /** Deletes the values that have expired by `now`, and returns how many. */
  async cleanUp(now: number): Promise<number> {
    const calls = [call(CLEAN_UP, now)];
    let deleted = 0;
    for (;;) {
      const batch = await this.#connection.write({
        lock: '4',
        calls: () => calls,
        read: ([rows]) => Number(rows?.[0]?.[0]),
      });
      deleted += batch;
      if (batch < BATCH) return deleted;
    }
  }
}

function lockOfValue(owner: string, key: string): string {
  return `3 ${JSON.stringify([owner, key])}`;
}
