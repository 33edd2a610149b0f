import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { SqliteStore } from '../../../src/stores/sqlite';
import { Connection } from '../../../src/stores/sqlite/connection';
import { migrate } from '../../../src/stores/sqlite/migrate';
import { MIGRATIONS } from '../../../src/stores/sqlite/migrations';
import { drivers } from '../drivers';
import { scopeOf, threadOf, widgetOf } from '../fixtures';
import { temporaryDirectories } from '../temporary';
import { pause } from '../../support/wait';
import type { Report } from './rival-process';

const newDirectory = temporaryDirectories();
const scope = scopeOf('ann');
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill();
});

/** Starts processes, lets them begin together, and returns what each reports. */
async function together(script: string, commonArguments: string[], count: number): Promise<unknown[]> {
  const started = Array.from({ length: count }, (_, index) =>
    fork(join(__dirname, script), [...commonArguments, `process ${String(index)}`], {
      execArgv: ['--import', 'tsx', '--disable-warning=ExperimentalWarning'],
      cwd: join(__dirname, '../../..'),
    }),
  );
  children.push(...started);
  const next = async (child: ChildProcess): Promise<unknown> => {
    const exit = once(child, 'exit').then(([code]) => {
      throw new Error(`The process ended with code ${String(code)} and no report.`);
    });
    exit.catch(() => undefined); // the usual end, after the report
    const [message] = (await Promise.race([once(child, 'message'), exit])) as [unknown];
    return message;
  };
  await Promise.all(started.map(next));
  const reports = started.map(next);
  for (const child of started) child.send('go');
  return Promise.all(reports);
}

describe.each(drivers())('processes that share a file (%s)', (driver) => {
  /** A file with a thread, with or without a write-ahead log: some disks cannot have one. */
  async function fileWithThread(journal: 'WAL' | 'DELETE'): Promise<string> {
    const file = join(newDirectory(), 'chat.db');
    const connection = new Connection(file, { driver });
    if (journal === 'WAL') migrate(connection);
    else {
      connection.exec(
        'CREATE TABLE chatkit_migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL)',
      );
      for (const [index, step] of MIGRATIONS.entries()) {
        connection.exec(step);
        connection.exec(`INSERT INTO chatkit_migrations VALUES (${String(index + 1)}, '')`);
      }
    }
    expect(connection.select('PRAGMA journal_mode').get()).toMatchObject({
      journal_mode: journal.toLowerCase(),
    });
    connection.close();
    const store = new SqliteStore(file, { driver });
    await store.createThread(scope, threadOf('t1'));
    store.close();
    return file;
  }

  test('each conditional write of several processes has exactly one winner', async () => {
    const file = join(newDirectory(), 'chat.db');
    const store = new SqliteStore(file, { driver });
    await store.createThread(scope, threadOf('t1'));
    const counter = widgetOf('counter', 't1');
    await store.saveItem(scope, counter, JSON.stringify(counter));

    const reports = (await together('rival-process.ts', [file, driver], 3)) as Report[];

    const all = Array.from({ length: 100 }, (_, round) => String(round)).sort();
    expect(reports.flatMap(({ keys }) => keys).sort()).toEqual(all);
    expect(reports.flatMap(({ items }) => items).sort()).toEqual(all);
    const versions = reports.flatMap((report) => report.versions).sort((a, b) => a - b);
    expect(versions).toEqual(versions.map((_, index) => index + 2));
    expect((await store.loadItem(scope, 't1', 'counter')).version).toBe(versions.length + 1);
    for (const [index, { keys }] of reports.entries()) {
      for (const key of keys)
        expect((await store.getValue(scope, key))?.value).toBe(`process ${String(index)}`);
    }
    store.close();
  });

  test('processes that start at once on a new file make its schema once', async () => {
    const file = join(newDirectory(), 'new', 'chat.db');
    await together('opening-process.ts', [file, driver], 4);
    const store = new SqliteStore(file, { driver });
    expect((await store.listThreads(scope, { limit: 9, order: 'asc' })).data).toHaveLength(4);
    store.close();
  });

  test('a write that met a lock for too long fails with store_busy, and later ones are committed', async () => {
    const file = join(newDirectory(), 'chat.db');
    const store = new SqliteStore(file, { driver, busyTimeoutMs: 20 });
    await store.createThread(scope, threadOf('t1'));
    const [refused, taken] = [widgetOf('i1', 't1'), widgetOf('i2', 't1')];
    const holder = await lockIn(file, driver);
    const busy = { code: 'store_busy', status: 503 };
    const attempts = [
      store.saveItem(scope, refused, JSON.stringify(refused)),
      store.patchThread(scope, 't1', { title: 'refused' }),
      store.putValue(scope, 'k', 1),
    ].map((attempt) => expect(attempt).rejects.toMatchObject(busy));
    await Promise.all(attempts);
    await holder.release();
    await store.saveItem(scope, taken, JSON.stringify(taken));
    await store.patchThread(scope, 't1', { title: 'patched' });

    const reader = new SqliteStore(file, { driver });
    expect((await reader.listItems(scope, 't1', { limit: 5, order: 'asc' })).data).toEqual([taken]);
    expect((await reader.loadThread(scope, 't1')).title).toBe('patched');
    expect(await reader.getValue(scope, 'k')).toBeUndefined();
    reader.close();
    store.close();
  });

  test.each(['WAL', 'DELETE'] as const)(
    'writes wait for the lock of another process in the order of arrival, and hold nothing else up (%s)',
    async (journal) => {
      const file = await fileWithThread(journal);
      const store = new SqliteStore(file, { driver });
      const holder = await lockIn(file, driver);
      const order: string[] = [];
      const writes = ['i1', 'i2', 'i3'].map(async (id) => {
        const item = widgetOf(id, 't1');
        await store.saveItem(scope, item, JSON.stringify(item));
        order.push(id);
      });
      const patched = store.patchThread(scope, 't1', { title: 'last' });
      // The lock is held still: the loop turns, reads are answered, and no write has been let through.
      await pause(50);
      expect(await store.loadThread(scope, 't1')).toEqual(threadOf('t1'));
      expect(order).toEqual([]);
      await holder.release();
      await Promise.all([...writes, patched]);
      expect(order).toEqual(['i1', 'i2', 'i3']);
      store.close();
      const again = new SqliteStore(file, { driver });
      const { data } = await again.listItems(scope, 't1', { limit: 5, order: 'asc' });
      expect(data.map(({ id }) => id)).toEqual(['i1', 'i2', 'i3']);
      expect((await again.loadThread(scope, 't1')).title).toBe('last');
      again.close();
    },
  );

  test('a commit that a reader is in the way of is no success', async () => {
    const file = await fileWithThread('DELETE');
    const store = new SqliteStore(file, { driver, busyTimeoutMs: 50 });
    const other = new Connection(file, { driver });
    other.exec('BEGIN; SELECT * FROM chatkit_threads');
    const item = widgetOf('i1', 't1');
    const writes = [
      async () => store.saveItem(scope, item, JSON.stringify(item)),
      async () => store.putValue(scope, 'k', 1, { ifVersion: 0 }),
      async () => store.patchThread(scope, 't1', { title: 'lost' }),
      async () => store.createThread(scope, threadOf('t2')),
    ];
    for (const write of writes) await expect(write()).rejects.toMatchObject({ code: 'store_busy' });
    other.exec('COMMIT');
    expect((await store.listItems(scope, 't1', { limit: 5, order: 'asc' })).data).toEqual([]);
    expect(await store.putValue(scope, 'k', 1, { ifVersion: 0 })).toBe(1);
    expect(await store.loadThread(scope, 't1')).toEqual(threadOf('t1'));
    other.close();
    store.close();
  });

  test('what waits when the store is closed is given up', async () => {
    const file = join(newDirectory(), 'chat.db');
    const store = new SqliteStore(file, { driver });
    await store.createThread(scope, threadOf('t1'));
    const holder = await lockIn(file, driver);
    const waiting = store.putValue(scope, 'k', 1);
    store.close();
    await expect(waiting).rejects.toThrow('closed');
    await holder.release();
  });
});

/** Another process that holds the file's write lock until it is told to release it. */
async function lockIn(file: string, driver: string): Promise<{ release: () => Promise<void> }> {
  const child = fork(join(__dirname, 'locking-process.ts'), [file, driver], {
    execArgv: ['--import', 'tsx', '--disable-warning=ExperimentalWarning'],
    cwd: join(__dirname, '../../..'),
  });
  children.push(child);
  await once(child, 'message');
  return {
    async release() {
      child.send('release');
      await once(child, 'message');
    },
  };
}
