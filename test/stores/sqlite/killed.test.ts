import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { SqliteStore } from '../../../src/stores/sqlite';
import { drivers } from '../drivers';
import { scopeOf } from '../fixtures';
import { temporaryDirectories } from '../temporary';

const newDirectory = temporaryDirectories();

describe.each(drivers())('a process that is killed (%s)', (driver) => {
  test.each([
    ['before the writes of its turn are committed', 'asked', ['t1', 't2']],
    ['as soon as they are answered', 'answered', ['t1', 't2', 't3', 't4']],
  ])('%s leaves what it has answered, and nothing else', async (_, moment, expected) => {
    const file = join(newDirectory(), 'chat.db');
    const child = fork(join(__dirname, 'mortal-process.ts'), [file, driver, moment], {
      execArgv: ['--import', 'tsx', '--disable-warning=ExperimentalWarning'],
      cwd: join(__dirname, '../../..'),
    });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    const store = new SqliteStore(file, { driver });
    const { data } = await store.listThreads(scopeOf('ann'), { limit: 9, order: 'asc' });
    expect(data.map(({ id }) => id)).toEqual(expected);
    store.close();
  });
});
