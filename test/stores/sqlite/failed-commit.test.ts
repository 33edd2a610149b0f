import { join } from 'node:path';

import { SqliteStore } from '../../../src/stores/sqlite';
import { type Database } from '../../../src/stores/sqlite/database';
import { migrate } from '../../../src/stores/sqlite/migrate';
import { MIGRATIONS } from '../../../src/stores/sqlite/migrations';
import { drivers } from '../drivers';
import { scopeOf } from '../fixtures';
import { temporaryDirectories } from '../temporary';
import { connect, makeWithoutLog } from './connect';
import { mountSmallDisk, type SmallDisk } from '../../support/small-disk';
import { populate, READS, WRITES } from '../writes';

const newDirectory = temporaryDirectories();
const TABLES = ['threads', 'items', 'attachments', 'runs', 'values'].map((name) => `chatkit_${name}`);

test('every method of the store is known here as one that writes or one that does not', () => {
  const store = new SqliteStore(':memory:');
  const methods = [
    ...Object.getOwnPropertyNames(SqliteStore.prototype),
    ...Object.keys(store.admin).map((name) => `admin.${name}`),
  ];
  const others = ['constructor', 'close', 'admin.close', 'admin.migrate'];
  const known = new Set([...WRITES.map(([method]) => method), ...READS, ...others]);
  expect(new Set(methods)).toEqual(known);
  store.close();
});

describe.each(drivers())('a write whose commit fails (%s)', (driver) => {
  let store: SqliteStore;
  /** Another process's look at the file: what is there after a restart. */
  let witness: Database;

  async function open(file: string): Promise<void> {
    store = new SqliteStore(file, { driver, busyTimeoutMs: 20 });
    await populate(store);
    witness = connect(file, driver);
  }

  afterEach(() => {
    witness.close();
    store.close();
  });

  const stored = (): unknown => TABLES.map((table) => witness.select(`SELECT * FROM ${table}`).all());

  describe('on a full disk', () => {
    let disk: SmallDisk | undefined;

    beforeEach(() => {
      disk = mountSmallDisk(newDirectory());
    });
    afterEach(() => disk?.unmount());

    test.each(WRITES)('%s, of %s, fails, stores nothing, and works again', async (_, __, write) => {
      const directory = disk?.directory ?? newDirectory();
      await open(join(directory, 'chat.db'));
      if (disk === undefined) return;
      witness.exec('PRAGMA wal_checkpoint(TRUNCATE)'); // or there is room in the log that is there
      const before = stored();
      disk.fill();
      for (let attempt = 0; attempt < 3; attempt++) {
        await expect(async () => write(store)).rejects.toThrow('disk is full');
      }
      expect(stored()).toEqual(before);
      disk.empty();
      expect(stored()).toEqual(before);
      await write(store);
      expect(stored()).not.toEqual(before);
    });

    test('all that come in one turn fail, store nothing, and land when there is room', async () => {
      const directory = disk?.directory ?? newDirectory();
      await open(join(directory, 'chat.db'));
      if (disk === undefined) return;
      const together = ['a', 'b', 'c'].map(
        (key) => () => store.putValue(scopeOf('ann'), key, 'x'.repeat(100)),
      );
      const settle = () => Promise.allSettled(together.map(async (write) => write()));
      await settle(); // not one at a time: that would be committed at once
      witness.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      const before = stored();
      disk.fill();
      const full = { status: 'rejected', reason: { message: expect.stringContaining('disk is full') } };
      expect(await settle()).toMatchObject([full, full, full]);
      expect(stored()).toEqual(before);
      disk.empty();
      expect(await settle()).toMatchObject(Array(3).fill({ status: 'fulfilled', value: 2 }));
    });
  });

  test('a schema that a full disk has no room for is not made, and is made when there is', async () => {
    const disk = mountSmallDisk(newDirectory());
    const file = join(disk?.directory ?? newDirectory(), 'chat.db');
    const old = connect(file, driver);
    migrate(old, MIGRATIONS.slice(0, 1));
    const tables = (): unknown => old.select('SELECT sql FROM sqlite_master ORDER BY name').all();
    const before = tables();
    old.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    disk?.fill();
    if (disk !== undefined) expect(() => new SqliteStore(file, { driver })).toThrow('disk is full');
    expect(tables()).toEqual(before);
    disk?.empty();
    await open(file);
    expect(tables()).not.toEqual(before);
    old.close();
    disk?.unmount();
  });

  describe('in a file without a write-ahead log, while another connection reads', () => {
    test.each(WRITES)('%s, of %s, fails, stores nothing, and works again', async (_, __, write) => {
      const file = join(newDirectory(), 'chat.db');
      makeWithoutLog(file, driver);
      await open(file);
      witness.exec('BEGIN');
      const before = stored();
      for (let attempt = 0; attempt < 3; attempt++) {
        await expect(async () => write(store)).rejects.toMatchObject({ code: 'store_busy' });
      }
      witness.exec('COMMIT');
      expect(stored()).toEqual(before);
      await write(store);
      expect(stored()).not.toEqual(before);
    });
  });
});
