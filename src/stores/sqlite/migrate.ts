import { type Database } from './database';
import { MIGRATIONS } from './migrations';
import { SqliteSetupError } from './setup-error';

/**
 * Brings the database up to date. Does nothing if it already is. Processes that start together run one after
 * the other, and the later ones find the work done.
 *
 * @throws SqliteSetupError when a newer release wrote the database; it is left unchanged.
 */
export function migrate(database: Database, migrations: readonly string[] = MIGRATIONS): void {
  if (missingSteps(database, migrations).length === 0) return;
  // With WAL, readers and the writer do not wait for each other. The file keeps this mode; some disks do not
  // support it.
  database.exec('PRAGMA journal_mode = WAL');
  database.transaction(() => {
    database.exec(
      'CREATE TABLE IF NOT EXISTS chatkit_migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL)',
    );
    for (const { version, step } of missingSteps(database, migrations)) {
      database.exec(step);
      database
        .change('INSERT INTO chatkit_migrations (version, applied_at) VALUES (?, ?)')
        .run(version, new Date().toISOString());
    }
  });
}

function missingSteps(
  database: Database,
  migrations: readonly string[],
): { version: number; step: string }[] {
  const present = presentVersion(database);
  if (present > migrations.length) {
    throw new SqliteSetupError(
      'sqlite_schema_newer',
      `The database has schema version ${String(present)}, and this release of chatkit-controllers knows ` +
        `versions up to ${String(migrations.length)}. Use the release that wrote it, or a newer one.`,
    );
  }
  return migrations.slice(present).map((step, index) => ({ version: present + index + 1, step }));
}

function presentVersion(database: Database): number {
  const table = database
    .select(`SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'chatkit_migrations'`)
    .get();
  if (table === undefined) return 0;
  const row = database.select('SELECT max(version) AS version FROM chatkit_migrations').get();
  return (row as { version: number | null }).version ?? 0;
}
