import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { SqliteStore } from '../../../src/stores/sqlite';
import { type Database } from '../../../src/stores/sqlite/database';
import { migrate } from '../../../src/stores/sqlite/migrate';
import { MIGRATIONS } from '../../../src/stores/sqlite/migrations';
import { drivers } from '../drivers';
import { scopeOf, threadOf, widgetOf } from '../fixtures';
import { temporaryDirectories } from '../temporary';
import { connect as connectBy } from './connect';

const newDirectory = temporaryDirectories();
const scope = scopeOf('ann');
const APPLIED = 'SELECT version, applied_at FROM chatkit_migrations ORDER BY version';
const RECORD = 'INSERT INTO chatkit_migrations (version, applied_at) VALUES (?, ?)';

describe.each(drivers())('migrate with %s', (driver) => {
  const connect = (file: string) => connectBy(file, driver);
  const tables = (connection: Database) =>
    connection
      .select(`SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'chatkit%' ORDER BY name`)
      .all()
      .map((row) => (row as { name: string }).name);

  test('a fresh file gets all tables, the write-ahead log, and a record of each step', () => {
    const file = join(newDirectory(), 'chat.db');
    new SqliteStore(file, { driver }).close();
    const connection = connect(file);
    expect(tables(connection)).toEqual(
      ['attachments', 'items', 'migrations', 'runs', 'threads', 'values'].map((name) => `chatkit_${name}`),
    );
    expect(connection.select('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'wal' });
    expect(connection.select(APPLIED).all()).toMatchObject(
      MIGRATIONS.map((_, index) => ({ version: index + 1 })),
    );
    connection.close();
  });

  test('a file that is up to date is left as it is', async () => {
    const file = join(newDirectory(), 'chat.db');
    const store = new SqliteStore(file, { driver });
    void store.createThread(scope, threadOf('t1'));
    store.close();
    const before = readFileSync(file);
    const again = new SqliteStore(file, { driver });
    await again.admin.migrate();
    expect(again.loadThread(scope, 't1')).toEqual(threadOf('t1'));
    again.close();
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('a file of a newer version is refused with a clear error, and left as it is', () => {
    const file = join(newDirectory(), 'chat.db');
    new SqliteStore(file, { driver }).close();
    const connection = connect(file);
    connection.change(RECORD).run(MIGRATIONS.length + 1, '2030-01-01T00:00:00Z');
    connection.close();
    const before = readFileSync(file);
    expect(() => new SqliteStore(file, { driver })).toThrow(
      expect.objectContaining({
        name: 'SqliteSetupError',
        code: 'sqlite_schema_newer',
        message: expect.stringContaining(`schema version ${String(MIGRATIONS.length + 1)}`),
      }),
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('a database that becomes newer while the store is open is refused by admin.migrate', () => {
    const file = join(newDirectory(), 'chat.db');
    const store = new SqliteStore(file, { driver });
    const connection = connect(file);
    connection.change(RECORD).run(MIGRATIONS.length + 1, '2030-01-01T00:00:00Z');
    connection.close();
    expect(() => store.admin.migrate()).toThrow('newer');
    store.close();
  });

  test('only the missing steps are taken', () => {
    const connection = connect(':memory:');
    const steps = ['CREATE TABLE one (a)', 'CREATE TABLE two (a); INSERT INTO two VALUES (1)'];
    migrate(connection, steps.slice(0, 1));
    connection.exec('INSERT INTO one VALUES (1)');
    migrate(connection, steps);
    migrate(connection, steps);
    expect(connection.select(APPLIED).all()).toMatchObject([{ version: 1 }, { version: 2 }]);
    expect(connection.select('SELECT count(*) AS count FROM one, two').get()).toMatchObject({ count: 1 });
    connection.close();
  });

  test('attachments of before their age was kept count from the step that keeps it', () => {
    const file = join(newDirectory(), 'chat.db');
    const connection = connect(file);
    migrate(connection, MIGRATIONS.slice(0, 1));
    const attachment = { type: 'file', id: 'a1', name: 'a.txt', mime_type: 'text/plain' };
    connection
      .change('INSERT INTO chatkit_attachments (id, owner, text) VALUES (?, ?, ?)')
      .run('a1', 'ann', JSON.stringify(attachment));
    connection.close();
    const store = new SqliteStore(file, { driver });
    const unsent = (before: number) => store.admin.listUnsentAttachments(before, { limit: 9 });
    expect(unsent(Date.now() - 60_000)).toEqual({ data: [], has_more: false });
    expect(unsent(Date.now() + 60_000)).toMatchObject({ data: [{ ...attachment, owner: 'ann' }] });
    store.close();
  });

  test('item ids of before they were unique within their thread stay, with their places and cursors', async () => {
    const file = join(newDirectory(), 'chat.db');
    const connection = connect(file);
    migrate(connection, MIGRATIONS.slice(0, 2));
    connection.exec(`
      INSERT INTO chatkit_threads (id, owner, text)
        VALUES ('t1', 'ann', '${JSON.stringify(threadOf('t1'))}'), ('t2', 'ann', '${JSON.stringify(threadOf('t2'))}');
      INSERT INTO chatkit_items (id, thread, type, version, text) VALUES
        ('i1', 1, 'widget', 3, '${JSON.stringify(widgetOf('i1', 't1'))}'),
        ('gone', 1, 'widget', 1, NULL),
        ('i2', 1, 'widget', 1, '${JSON.stringify(widgetOf('i2', 't1'))}'),
        ('last', 1, 'widget', 1, NULL);
      DELETE FROM chatkit_items WHERE id = 'last';`);
    connection.close();
    const store = new SqliteStore(file, { driver });
    expect(await store.loadItem(scope, 't1', 'i1')).toEqual({ item: widgetOf('i1', 't1'), version: 3 });
    const after = { limit: 5, order: 'asc', after: 'gone' } as const;
    expect((await store.listItems(scope, 't1', after)).data).toEqual([widgetOf('i2', 't1')]);
    const [twin, added] = [widgetOf('i1', 't2'), widgetOf('i3', 't1')];
    expect(await store.saveItem(scope, twin, JSON.stringify(twin))).toBe(1);
    expect(await store.saveItem(scope, added, JSON.stringify(added))).toBe(1);
    store.close();
    const again = connect(file);
    expect(again.select("SELECT seq FROM chatkit_items WHERE id = 'i3'").get()).toMatchObject({ seq: 6 });
    expect(again.select('PRAGMA foreign_key_check').all()).toEqual([]);
    again.close();
  });

  test('a step that fails takes back the steps before it', () => {
    const connection = connect(':memory:');
    expect(() => migrate(connection, ['CREATE TABLE one (a)', 'CREATE NONSENSE'])).toThrow(/syntax/i);
    migrate(connection, ['CREATE TABLE one (a)']);
    expect(connection.select(APPLIED).all()).toHaveLength(1);
    connection.close();
  });

  test("the application's own tables in the same file are left alone", () => {
    const file = join(newDirectory(), 'app.db');
    const connection = connect(file);
    connection.exec('CREATE TABLE items (a); INSERT INTO items VALUES (1); PRAGMA user_version = 7');
    new SqliteStore(file, { driver }).close();
    expect(connection.select('SELECT a FROM items').all()).toMatchObject([{ a: 1 }]);
    expect(connection.select('PRAGMA user_version').get()).toMatchObject({ user_version: 7 });
    connection.close();
  });
});
