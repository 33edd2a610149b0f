import { Database } from '../../../src/stores/sqlite/database';
import { databaseFile } from '../../../src/stores/sqlite/database-file';
import { findDriver, type DriverName } from '../../../src/stores/sqlite/find-driver';
import { migrate } from '../../../src/stores/sqlite/migrate';

/** A database without a store, as another process would have it open. */
export function connect(file: string, driver?: DriverName): Database {
  return new Database(findDriver(driver), databaseFile(file));
}

/** Makes a file as it is on disks that cannot have a write-ahead log: there, readers hinder writers. */
export function makeWithoutLog(file: string, driver?: DriverName): void {
  const database = connect(file, driver);
  migrate(database);
  database.exec('PRAGMA journal_mode = DELETE');
  database.close();
}
