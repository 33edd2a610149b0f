import type { ClientBase } from 'pg';
import { MIGRATION } from './locks';
import { MIGRATIONS } from './migrations';
import { PostgresSetupError } from './setup-error';

/**
 * Brings the database up to date. Does nothing if it already is. Processes that start together run one after
 * the other, and the later ones find the work done.
 *
 * @throws PostgresSetupError when a newer release wrote the database; it is left unchanged.
 */
export async function migrate(client: ClientBase, migrations: readonly string[] = MIGRATIONS): Promise<void> {
  if ((await missingSteps(client, migrations)).length === 0) return;
  await client.query('BEGIN');
  try {
    await client.query('SET LOCAL statement_timeout = 0'); // a step may be slow, and others wait for it
    await client.query(`SELECT ${MIGRATION}`);
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
  const { rows: tables } = await client.query<{ found: boolean }>(
    `SELECT to_regclass('chatkit_migrations') IS NOT NULL AS found`,
  );
  if (tables[0]?.found !== true) return 0;
  const { rows } = await client.query<{ version: number | null }>(
    'SELECT max(version) AS version FROM chatkit_migrations',
  );
  return rows[0]?.version ?? 0;
}
