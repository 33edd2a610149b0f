import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

import { SqliteStore } from '../../../src/stores/sqlite';
import { isPromise, type Store } from '../../../src/store';
import { storeContract } from '../../../src/testing';
import { Child } from '../../support/child';
import { interfere } from '../../support/failing-store';
import { pause } from '../../support/wait';
import { drivers } from '../drivers';
import { scopeOf, threadOf, widgetOf } from '../fixtures';
import { temporaryDirectories } from '../temporary';
import { connect, makeWithoutLog } from './connect';
import { populate, WRITES } from '../writes';

const newDirectory = temporaryDirectories();
const scope = scopeOf('ann');
const LIST = { limit: 50, order: 'asc' } as const;
const UNHURRIED = 60_000;

describe.each(drivers())('the lock of another process (%s)', (driver) => {
  let file: string;
  let stores: { close(): void }[];

  beforeEach(() => {
    file = join(newDirectory(), 'chat.db');
    stores = [];
  });
  afterEach(async () => {
    await setImmediate(); // locks of this turn are given back
    for (const store of stores) store.close();
  });

  function open(busyTimeoutMs = UNHURRIED): SqliteStore {
    const store = new SqliteStore(file, { driver, busyTimeoutMs });
    stores.push(store);
    return store;
  }

  async function holder(sql = 'BEGIN IMMEDIATE'): Promise<Child<string>> {
    const child = Child.start<string>('stores/sqlite/lock-holder.ts', [file, driver]);
    await child.next();
    await child.ask(sql);
    return child;
  }

  function save(store: SqliteStore, id: string): unknown {
    const item = widgetOf(id, 't1');
    return store.saveItem(scope, item, JSON.stringify(item));
  }

  test.each(['with', 'without'])(
    'reads are served meanwhile, and writes wait in the order in which they came (%s a write-ahead log)',
    async (log) => {
      if (log === 'without') makeWithoutLog(file, driver);
      const store = open();
      await populate(store);
      const other = await holder();
      const landed: string[] = [];
      const ids = ['a', 'b', 'c', 'd', 'e'];
      const waiting = ids.map(async (id) => {
        await save(store, id);
        landed.push(id);
      });
      expect(store.loadThread(scope, 't1')).toMatchObject({ title: 'old' }); // at once, without a promise
      await pause(30); // the event loop goes on
      expect((await store.listItems(scope, 't1', LIST)).data).toHaveLength(1);
      const late = (async () => {
        await store.putValue(scope, 'late', 1);
        landed.push('late');
      })();
      expect(landed).toEqual([]);

      await setImmediate(); // what was read in this turn holds a lock until its end
      await other.ask('COMMIT');
      await Promise.all([...waiting, late]);
      expect(landed).toEqual([...ids, 'late']);
      const { data } = await store.listItems(scope, 't1', LIST);
      expect(data.map(({ id }) => id)).toEqual(['present', ...ids]);
      expect(await save(store, 'f')).toBe(1);
    },
  );

  describe('the contract holds where each call finds the lock taken:', () => {
    /** Holds the lock while a method is called, and as long as the same turn makes further calls. */
    function contended(): Store {
      const store = open();
      const blocker = connect(file, driver);
      stores.push(blocker);
      let held = false;
      const release = (): void => {
        blocker.exec('COMMIT');
        held = false;
      };
      return interfere(store, ({ method }, proceed) => {
        if (!held) {
          blocker.exec('BEGIN IMMEDIATE');
          held = true;
          void setImmediate().then(release);
        }
        const result = proceed();
        const waits = WRITES.some(([name]) => name === method);
        expect(isPromise(result)).toBe(waits);
        return result;
      });
    }

    for (const { name, run } of storeContract(contended)) test(name, run);
  });

  test.each(WRITES)('%s, of %s, waits and lands', async (_, __, write) => {
    const store = open();
    await populate(store);
    const blocker = connect(file, driver);
    blocker.exec('BEGIN IMMEDIATE');
    const waiting = write(store);
    expect(waiting).toBeInstanceOf(Promise);
    blocker.exec('COMMIT');
    await waiting;
    const twin = new SqliteStore(':memory:', { driver });
    await populate(twin);
    expect(await waiting).toEqual(await write(twin));
    blocker.close();
    twin.close();
  });

  test('what waited too long fails with a code of its own, stores nothing, and what comes later lands', async () => {
    const store = open(20);
    await populate(store);
    const other = await holder();
    const refused = await Promise.allSettled([
      save(store, 'a'),
      store.patchThread(scope, 't1', { title: 'refused' }),
      store.putValue(scope, 'k', 1),
    ]);
    for (const each of refused) {
      expect(each).toMatchObject({
        status: 'rejected',
        reason: { code: 'store_busy', status: 503, cause: { message: expect.stringContaining('for 20 ms') } },
      });
    }
    await other.ask('COMMIT');
    await save(store, 'b');
    const reader = open();
    expect((await reader.listItems(scope, 't1', LIST)).data.map(({ id }) => id)).toEqual(['present', 'b']);
    expect(reader.loadThread(scope, 't1')).toMatchObject({ title: 'old' });
    expect(reader.getValue(scope, 'k')).toBeUndefined();
  });

  test('a store that is made meanwhile makes its schema as soon as it can, before all else', async () => {
    connect(file, driver).exec('PRAGMA journal_mode = WAL');
    const other = await holder();
    const store = open();
    const migrating = store.admin.migrate();
    const reading = store.listThreads(scope, LIST);
    const writing = store.createThread(scope, threadOf('t1'));
    for (const each of [migrating, reading, writing]) expect(each).toBeInstanceOf(Promise);
    await other.ask('COMMIT');
    await Promise.all([migrating, writing]);
    expect(await reading).toMatchObject({ has_more: false });
    expect(store.loadThread(scope, 't1')).toMatchObject({ id: 't1' });
  });

  test('a store whose schema could not be made in time makes it when it is asked the next time', async () => {
    connect(file, driver).exec('PRAGMA journal_mode = WAL');
    const other = await holder();
    const store = open(20);
    await expect(store.admin.migrate()).rejects.toMatchObject({ code: 'store_busy' });
    await other.ask('COMMIT');
    await store.createThread(scope, threadOf('t1'));
    expect(store.loadThread(scope, 't1')).toMatchObject({ id: 't1' });
  });

  test('a store that is closed gives up what waits', async () => {
    const store = open();
    await populate(store);
    const other = await holder();
    const waiting = save(store, 'a');
    store.close();
    await expect(waiting).rejects.toThrow('closed');
    await other.ask('COMMIT');
    const reader = open();
    expect((await reader.listItems(scope, 't1', LIST)).data).toHaveLength(1);
  });

  describe('in a file without a write-ahead log', () => {
    test('reads wait as well, and the connection is sound afterwards', async () => {
      makeWithoutLog(file, driver);
      const store = open();
      await populate(store);
      const other = await holder('BEGIN EXCLUSIVE');
      const reads = [1, 2, 3].map(() => store.loadThread(scope, 't1'));
      const writing = save(store, 'a');
      for (const each of [...reads, writing]) expect(each).toBeInstanceOf(Promise);
      await pause(30); // several attempts fail
      await other.ask('COMMIT');
      for (const read of reads) expect(await read).toMatchObject({ title: 'old' });
      await writing;
      await save(store, 'b');
      // A connection that kept its lock or committed nothing more would show here.
      await other.ask(
        "UPDATE chatkit_threads SET text = json_set(text, '$.title', 'theirs') WHERE id = 't1'",
      );
      expect(await store.loadThread(scope, 't1')).toMatchObject({ title: 'theirs' });
      const reader = open();
      expect((await reader.listItems(scope, 't1', LIST)).data.map(({ id }) => id)).toEqual([
        'present',
        'a',
        'b',
      ]);
    });

    test('a store that is opened meanwhile waits', async () => {
      makeWithoutLog(file, driver);
      const other = await holder('BEGIN EXCLUSIVE');
      const store = open();
      const writing = store.createThread(scope, threadOf('t1'));
      expect(writing).toBeInstanceOf(Promise);
      await other.ask('COMMIT');
      await writing;
      expect(await store.loadThread(scope, 't1')).toMatchObject({ id: 't1' });
    });
  });
});
