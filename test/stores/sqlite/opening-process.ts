import { SqliteStore } from '../../../src/stores/sqlite';
import { type DriverName } from '../../../src/stores/sqlite/find-driver';
import { scopeOf, threadOf } from '../fixtures';

// One of several processes that start at once on a file that is not there yet.
const [file = '', driver, name = ''] = process.argv.slice(2);

process.once('message', () => void openFile());
process.send?.('ready');

async function openFile(): Promise<void> {
  const store = new SqliteStore(file, { driver: driver as DriverName });
  await store.createThread(scopeOf('ann'), threadOf(name));
  store.close();
  process.send?.('done', () => process.disconnect());
}
