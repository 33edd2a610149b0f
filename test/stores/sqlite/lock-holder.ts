import { type DriverName } from '../../../src/stores/sqlite/find-driver';
import { connect } from './connect';

// Another process with the file open: it executes what it is sent, and answers when it has.
const [file = '', driver] = process.argv.slice(2);
const connection = connect(file, driver as DriverName);

process.on('message', (sql: string) => {
  connection.exec(sql);
  process.send?.('done');
});
process.send?.('ready');
