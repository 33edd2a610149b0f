import type { ClientBase } from 'pg';
import { MIGRATION } from './locks';
import { MIGRATIONS } from './migrations';
import { PostgresSetupError } from './setup-error';

/** UTF8, or bytes that the server leaves as they are. Others cannot store what users write. */
const ENCODINGS: readonly unknown[] = ['UTF8', 'SQL_ASCII'];

/**
 * How long a step may wait for a table, in milliseconds. While it waits, for example for a backup, all other
 * processes wait behind it.
 */
const LOCK_TIMEOUT_MS = 2000;

/**
 * New tables come into the first schema of the search_path. If the chat has tables in another one, because a
 * schema was created since, the migration stays there: otherwise a second, empty chat would hide the first.
 */
const STAY = `SELECT set_config('search_path', quote_ident(nspname) || ', ' || current_setting('search_path'), true)
  FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
  WHERE pg_class.oid = to_regclass('chatkit_migrations')`;

/**
 * Brings the database up to date. Does nothing if it already is. Processes that start together run one after
 * the other, and the later ones find the work done.
 *
 * @throws PostgresSetupError when a newer release wrote the database, or its encoding is not UTF8; it is left
 * unchanged.
 */
export async function migrate(client: ClientBase, migrations: readonly string[] = MIGRATIONS): Promise<void> {
  if ((await missingSteps(client, migrations)).length === 0) return;
  await client.query('BEGIN');
  try {
    await client.query('SET LOCAL statement_timeout = 0'); // a step may be slow, and others wait for it
    await client.query(`SELECT ${MIGRATION}`);
    await client.query(`SET LOCAL lock_timeout = ${String(LOCK_TIMEOUT_MS)}`);
    await client.query(STAY);
    await client.query(
      'CREATE TABLE IF NOT EXISTS chatkit_migrations (version int PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    for (const { version, step } of await missingSteps(client, migrations)) {
      await client.query(step);
      await client.query('INSERT INTO chatkit_migrations (version) VALUES ($1)', [version]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined); // the first error says why
    throw error;
  }
}

async function missingSteps(
  client: ClientBase,
  migrations: readonly string[],
): Promise<{ version: number; step: string }[]> {
  const present = await presentVersion(client);
  if (present > migrations.length) {
    throw new PostgresSetupError(
      'postgres_schema_newer',
      `The database has schema version ${String(present)}, and this release of chatkit-controllers knows ` +
        `versions up to ${String(migrations.length)}. Use the release that wrote it, or a newer one.`,
    );
  }
  return migrations.slice(present).map((step, index) => ({ version: present + index + 1, step }));
}

async function presentVersion(client: ClientBase): Promise<number> {
  const { rows: tables } = await client.query<{ found: boolean; encoding: string }>(
    `SELECT to_regclass('chatkit_migrations') IS NOT NULL AS found, current_setting('server_encoding') AS encoding`,
  );
  const encoding = tables[0]?.encoding;
  if (!ENCODINGS.includes(encoding)) {
    throw new PostgresSetupError(
      'postgres_encoding_unsupported',
      `The database has the encoding ${String(encoding)}, which cannot store every text that users write. ` +
        "Create it with UTF8: CREATE DATABASE chat ENCODING 'UTF8' TEMPLATE template0;",
    );
  }
  if (tables[0]?.found !== true) return 0;
  const { rows } = await client.query<{ version: number | null }>(
    'SELECT max(version) AS version FROM chatkit_migrations',
  );
  return rows[0]?.version ?? 0;
}
