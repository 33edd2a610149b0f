import { type PutOptions, type StoredValue } from '../../store';
import { jsonText } from '../json-value';
import type { Connection } from './connection';
import { call, statement } from './statement';

const LIVES = '(value.expires_at IS NULL OR value.expires_at >';

const GET = statement(
  `SELECT version, text FROM chatkit_values AS value WHERE owner = $1 AND key = $2 AND ${LIVES} $3::bigint)`,
);

const ADD = `INSERT INTO chatkit_values AS value (owner, key, text, expires_at, version)
  VALUES ($1, $2, $3, $4::bigint, 1)
  ON CONFLICT (owner, key) DO UPDATE SET text = excluded.text, expires_at = excluded.expires_at`;

/** owner, key, text, expiry, now */
const PUT = statement(
  `${ADD}, version = CASE WHEN ${LIVES} $5::bigint) THEN value.version + 1 ELSE 1 END RETURNING version`,
);

/** owner, key, text, expiry, now */
const PUT_IF_ABSENT = statement(`${ADD}, version = 1 WHERE NOT ${LIVES} $5::bigint) RETURNING version`);

/** owner, key, text, expiry, now, version */
const PUT_IF_VERSION = statement(`UPDATE chatkit_values AS value
  SET text = $3, expires_at = $4::bigint, version = version + 1
  WHERE owner = $1 AND key = $2 AND version = $6::bigint AND ${LIVES} $5::bigint) RETURNING version`);

const DELETE = statement('DELETE FROM chatkit_values WHERE owner = $1 AND key = $2');

const CLEAN_UP =
  statement(`WITH gone AS (DELETE FROM chatkit_values WHERE expires_at <= $1::bigint RETURNING 1)
  SELECT count(*) FROM gone`);

/** The key-value records of a {@link PostgresStore}. Each put is one statement, so that one of many wins. */
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
    { ifVersion, expiresAt }: PutOptions = {},
  ): Promise<number | undefined> {
    const text = jsonText(value);
    const values = [owner, key, text, expiresAt ?? null] as const;
    return this.#connection.write({
      lock: lockOfValue(owner, key),
      size: text.length,
      calls() {
        const now = Date.now();
        if (ifVersion === undefined) return [call(PUT, ...values, now)];
        if (ifVersion === 0) return [call(PUT_IF_ABSENT, ...values, now)];
        return [call(PUT_IF_VERSION, ...values, now, ifVersion)];
      },
      read([rows]) {
        const version = rows?.[0]?.[0];
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

  /** Deletes what has expired by `now`, and returns how many that were. */
  async cleanUp(now: number): Promise<number> {
    const calls = [call(CLEAN_UP, now)];
    return this.#connection.write({
      lock: '4',
      calls: () => calls,
      read: ([rows]) => Number(rows?.[0]?.[0]),
    });
  }
}

function lockOfValue(owner: string, key: string): string {
  return `3 ${JSON.stringify([owner, key])}`;
}
