import { Connection, type DriverName } from '../../../src/stores/sqlite/connection';

// Holds the write lock of a file until it is told to release it.
const [file = '', driver] = process.argv.slice(2);
const connection = new Connection(file, { driver: driver as DriverName });
connection.exec('BEGIN IMMEDIATE');
process.once('message', () => {
  connection.exec('ROLLBACK');
  connection.close();
  process.send?.('released', () => process.disconnect());
});
process.send?.('locked');
