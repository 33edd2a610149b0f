import { type Connection } from './connection';
import { MIGRATIONS } from './migrations';
import { SqliteSetupError } from './setup-error';

/**
 * Brings the database up to date, and does nothing to one that is. Processes that start at once come
 * one after the other, and the second finds the work done.
 *
 * @throws SqliteSetupError when a newer release wrote the database; it is left as it is.
 */
export function migrate(connection: Connection, migrations: readonly string[] = MIGRATIONS): void {
  connection.blocking(() => bringUpToDate(connection, migrations));
}

function bringUpToDate(connection: Connection, migrations: readonly string[]): void {
  if (missingSteps(connection, migrations).length === 0) return;
  connection.setUp(() => {
    connection.exec(
      'CREATE TABLE IF NOT EXISTS chatkit_migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL)',
    );
    for (const { version, step } of missingSteps(connection, migrations)) {
      connection.exec(step);
      connection
        .change('INSERT INTO chatkit_migrations (version, applied_at) VALUES (?, ?)')
        .run(version, new Date().toISOString());
    }
  });
}

function missingSteps(
  connection: Connection,
  migrations: readonly string[],
): { version: number; step: string }[] {
  const present = presentVersion(connection);
  if (present > migrations.length) {
    throw new SqliteSetupError(
      'sqlite_schema_newer',
      `The database has schema version ${String(present)}, and this release of chatkit-controllers knows ` +
        `versions up to ${String(migrations.length)}. Use the release that wrote it, or a newer one.`,
    );
  }
  return migrations.slice(present).map((step, index) => ({ version: present + index + 1, step }));
}

function presentVersion(connection: Connection): number {
  const table = connection
    .select(`SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'chatkit_migrations'`)
    .get();
  if (table === undefined) return 0;
  const row = connection.select('SELECT max(version) AS version FROM chatkit_migrations').get();
  return (row as { version: number | null }).version ?? 0;
}
