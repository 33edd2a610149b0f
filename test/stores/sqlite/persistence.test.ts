import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { SqliteStore } from '../../../src/stores/sqlite';
import { drivers } from '../drivers';
import { scopeOf, threadOf, widgetOf } from '../fixtures';
import { temporaryDirectories } from '../temporary';
import { connect } from './connect';

const newDirectory = temporaryDirectories();
const scope = scopeOf('ann');

describe.each(drivers())('SqliteStore with %s', (driver) => {
  test('everything is there after the file is opened again', async () => {
    const file = join(newDirectory(), 'chat.db');
    const before = new SqliteStore(file, { driver });
    const thread = threadOf('t1', { title: 'kept', metadata: { a: [1] } });
    const [first, second, third] = [widgetOf('i1', 't1', 'a'), widgetOf('i2', 't1'), widgetOf('i3', 't1')];
    const attachment = { type: 'file', id: 'a1', name: 'a.txt', mime_type: 'text/plain' } as const;
    const run = { id: 'r1', thread_id: 't1', instance: 'p1', started_at: '2025-01-02T03:04:05Z' };
    await before.createThread(scope, thread);
    await before.createThread(scope, threadOf('t2'));
    await before.deleteThread(scope, 't2');
    for (const item of [first, second, third, first])
      await before.saveItem(scope, item, JSON.stringify(item));
    await before.deleteItem(scope, 't1', 'i2');
    await before.saveAttachment(scope, attachment);
    await before.openRun(scope, run);
    await before.putValue(scope, 'k', { v: null });
    before.close();

    const after = new SqliteStore(file, { driver });
    expect(await after.loadThread(scope, 't1')).toEqual(thread);
    expect(await after.loadItem(scope, 't1', 'i1')).toEqual({ item: first, version: 2 });
    expect((await after.listItems(scope, 't1', { limit: 5, order: 'asc' })).data).toEqual([first, third]);
    expect((await after.listItems(scope, 't1', { limit: 5, order: 'asc', after: 'i2' })).data).toEqual([
      third,
    ]);
    expect((await after.listThreads(scope, { limit: 5, order: 'desc', after: 't2' })).data).toEqual([thread]);
    expect(await after.loadAttachment(scope, 'a1')).toEqual(attachment);
    expect((await after.admin.listOpenRuns({ limit: 9 })).data).toEqual([{ ...run, owner: 'ann' }]);
    expect(await after.getValue(scope, 'k')).toEqual({ value: { v: null }, version: 1 });
    after.close();
  });

  test('the write-ahead log is put into the file when it has 16 MB', async () => {
    const file = join(newDirectory(), 'chat.db');
    const store = new SqliteStore(file, { driver });
    await store.createThread(scope, threadOf('t1'));
    const item = widgetOf('i1', 't1');
    for (let count = 0; count < 80; count += 1) {
      const text = JSON.stringify({ ...item, copy_text: String(count % 10).repeat(500_000) });
      await store.saveItem(scope, item, text);
    }
    const size = statSync(`${file}-wal`).size / 2 ** 20; // it is begun anew, and never gets smaller
    store.close();
    expect(size).toBeGreaterThan(15);
    expect(size).toBeLessThan(18);
  });

  test('the ready text is kept as it was given', async () => {
    const store = new SqliteStore(':memory:', { driver });
    await store.createThread(scope, threadOf('t1'));
    const item = widgetOf('i1', 't1');
    await store.saveItem(scope, item, JSON.stringify({ ...item, copy_text: 'from the text' }));
    expect((await store.loadItem(scope, 't1', 'i1')).item).toEqual({ ...item, copy_text: 'from the text' });
    store.close();
  });

  test('what is left of a deleted thread or item has no content', async () => {
    const file = join(newDirectory(), 'chat.db');
    const store = new SqliteStore(file, { driver });
    for (const id of ['t1', 't2']) {
      await store.createThread(scope, threadOf(id, { title: 'a secret' }));
      const item = widgetOf(`item of ${id}`, id, 'a secret');
      await store.saveItem(scope, item, JSON.stringify(item));
      await store.openRun(scope, { id: `run of ${id}`, thread_id: id, instance: 'p1', started_at: '' });
    }
    await store.deleteThread(scope, 't1');
    await store.deleteItem(scope, 't2', 'item of t2');
    store.close();

    const connection = connect(file, driver);
    const select = (sql: string) => connection.select(sql).all();
    expect(select('SELECT id FROM chatkit_threads WHERE text IS NULL')).toMatchObject([{ id: 't1' }]);
    expect(select('SELECT id, text FROM chatkit_items')).toMatchObject([{ id: 'item of t2', text: null }]);
    expect(select('SELECT id FROM chatkit_runs')).toMatchObject([{ id: 'run of t2' }]);
    connection.close();
  });

  test('a missing directory is made, and a file URL is as good as a path', async () => {
    const directory = join(newDirectory(), 'not yet', 'there');
    new SqliteStore(join(directory, 'path.db'), { driver }).close();
    new SqliteStore(pathToFileURL(join(directory, 'url.db')), { driver }).close();
    expect(readdirSync(directory)).toEqual(expect.arrayContaining(['path.db', 'url.db']));
  });

  test('what is made is for the own user alone, and what is there is left as it is', async () => {
    const directory = join(newDirectory(), 'made');
    const file = join(directory, 'chat.db');
    const store = new SqliteStore(file, { driver });
    await store.createThread(scope, threadOf('t1'));
    const modes = readdirSync(directory).map((name) => [name, statSync(join(directory, name)).mode & 0o777]);
    expect(modes.sort()).toEqual([
      ['chat.db', 0o600],
      ['chat.db-shm', 0o600],
      ['chat.db-wal', 0o600],
    ]);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    store.close();
    chmodSync(file, 0o640);
    new SqliteStore(file, { driver }).close();
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  test('a store in memory makes no file', async () => {
    new SqliteStore(':memory:', { driver }).close();
    expect(existsSync(':memory:')).toBe(false);
  });

  test('closing twice is no error', async () => {
    const store = new SqliteStore(':memory:', { driver });
    store.close();
    expect(() => store.admin.close()).not.toThrow();
  });

  test('a change that fails halfway is undone as a whole', async () => {
    const store = new SqliteStore(':memory:', { driver });
    await store.createThread(scope, threadOf('t1', { title: 'kept' }));
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    expect(() => store.patchThread(scope, 't1', { title: 'lost', metadata: circular })).toThrow(TypeError);
    expect((await store.patchThread(scope, 't1', {})).title).toBe('kept');
    store.close();
  });
});
