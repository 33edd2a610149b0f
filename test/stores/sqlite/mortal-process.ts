import { SqliteStore } from '../../../src/stores/sqlite';
import { type DriverName } from '../../../src/stores/sqlite/find-driver';
import { scopeOf, threadOf } from '../fixtures';

// A process that is killed before the writes of a turn are committed, or as soon as they are answered.
const [file = '', driver, moment] = process.argv.slice(2);

async function write(): Promise<void> {
  const store = new SqliteStore(file, { driver: driver as DriverName });
  const create = (...ids: string[]) =>
    Promise.all(ids.map(async (id) => store.createThread(scopeOf('ann'), threadOf(id))));
  await create('t1', 't2');
  const answered = create('t3', 't4');
  if (moment === 'answered') await answered;
  process.kill(process.pid, 'SIGKILL');
}

void write();
