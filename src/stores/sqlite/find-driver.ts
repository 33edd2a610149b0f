import { type DriverKind } from './driver';
import { libsqlDriver } from './libsql-driver';
import { nodeDriver } from './node-driver';
import { SqliteSetupError } from './setup-error';

/** The name of a driver: Node's own, or the package `libsql`. */
export type DriverName = 'node:sqlite' | 'libsql';

/** @throws SqliteSetupError `sqlite_driver_missing` */
export function findDriver(name: DriverName | undefined): DriverKind {
  const driver =
    (name === 'libsql' ? undefined : nodeDriver()) ?? (name === 'node:sqlite' ? undefined : libsqlDriver());
  if (driver !== undefined) return driver;
  throw new SqliteSetupError(
    'sqlite_driver_missing',
    name === 'node:sqlite'
      ? `Node ${process.versions.node} has no built-in SQLite: use Node 22.13 or later, or the driver "libsql".`
      : 'SqliteStore found no SQLite driver. Run `npm install libsql`, or use Node 22.13 or later, which has one built in.',
  );
}
