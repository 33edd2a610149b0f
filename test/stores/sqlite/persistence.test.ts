import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { SqliteStore } from '../../../src/stores/sqlite';
import { Connection } from '../../../src/stores/sqlite/connection';
import { drivers } from '../drivers';
import { scopeOf, threadOf, widgetOf } from '../fixtures';
import { temporaryDirectories } from '../temporary';

const newDirectory = temporaryDirectories();
const scope = scopeOf('ann');

describe.each(drivers())('SqliteStore with %s', (driver) => {
  test('everything is there after the file is opened again', () => {
    const file = join(newDirectory(), 'chat.db');
    const before = new SqliteStore(file, { driver });
    const thread = threadOf('t1', { title: 'kept', metadata: { a: [1] } });
    const [first, second, third] = [widgetOf('i1', 't1', 'a'), widgetOf('i2', 't1'), widgetOf('i3', 't1')];
    const attachment = { type: 'file', id: 'a1', name: 'a.txt', mime_type: 'text/plain' } as const;
    const run = { id: 'r1', thread_id: 't1', instance: 'p1', started_at: '2025-01-02T03:04:05Z' };
    before.createThread(scope, thread);
    before.createThread(scope, threadOf('t2'));
    before.deleteThread(scope, 't2');
    for (const item of [first, second, third, first]) before.saveItem(scope, item, JSON.stringify(item));
    before.deleteItem(scope, 't1', 'i2');
    before.saveAttachment(scope, attachment);
    before.openRun(scope, run);
    before.putValue(scope, 'k', { v: null });
    before.close();

    const after = new SqliteStore(file, { driver });
    expect(after.loadThread(scope, 't1')).toEqual(thread);
    expect(after.loadItem(scope, 't1', 'i1')).toEqual({ item: first, version: 2 });
    expect(after.listItems(scope, 't1', { limit: 5, order: 'asc' }).data).toEqual([first, third]);
    expect(after.listItems(scope, 't1', { limit: 5, order: 'asc', after: 'i2' }).data).toEqual([third]);
    expect(after.listThreads(scope, { limit: 5, order: 'desc', after: 't2' }).data).toEqual([thread]);
    expect(after.loadAttachment(scope, 'a1')).toEqual(attachment);
    expect(after.admin.listOpenRuns()).toEqual([{ ...run, owner: 'ann' }]);
    expect(after.getValue(scope, 'k')).toEqual({ value: { v: null }, version: 1 });
    after.close();
  });

  test('the ready text is kept as it was given', () => {
    const store = new SqliteStore(':memory:', { driver });
    store.createThread(scope, threadOf('t1'));
    const item = widgetOf('i1', 't1');
    store.saveItem(scope, item, JSON.stringify({ ...item, copy_text: 'from the text' }));
    expect(store.loadItem(scope, 't1', 'i1').item).toEqual({ ...item, copy_text: 'from the text' });
    store.close();
  });

  test('what is left of a deleted thread or item has no content', () => {
    const file = join(newDirectory(), 'chat.db');
    const store = new SqliteStore(file, { driver });
    for (const id of ['t1', 't2']) {
      store.createThread(scope, threadOf(id, { title: 'a secret' }));
      const item = widgetOf(`item of ${id}`, id, 'a secret');
      store.saveItem(scope, item, JSON.stringify(item));
      store.openRun(scope, { id: `run of ${id}`, thread_id: id, instance: 'p1', started_at: '' });
    }
    store.deleteThread(scope, 't1');
    store.deleteItem(scope, 't2', 'item of t2');
    store.close();

    const connection = new Connection(file, { driver });
    const select = (sql: string) => connection.sql(sql).all();
    expect(select('SELECT id FROM chatkit_threads WHERE text IS NULL')).toMatchObject([{ id: 't1' }]);
    expect(select('SELECT id, text FROM chatkit_items')).toMatchObject([{ id: 'item of t2', text: null }]);
    expect(select('SELECT id FROM chatkit_runs')).toMatchObject([{ id: 'run of t2' }]);
    connection.close();
  });

  test('a missing directory is made, and a file URL is as good as a path', () => {
    const directory = join(newDirectory(), 'not yet', 'there');
    new SqliteStore(join(directory, 'path.db'), { driver }).close();
    new SqliteStore(pathToFileURL(join(directory, 'url.db')), { driver }).close();
    expect(readdirSync(directory)).toEqual(expect.arrayContaining(['path.db', 'url.db']));
  });

  test('a store in memory makes no file', () => {
    new SqliteStore(':memory:', { driver }).close();
    expect(existsSync(':memory:')).toBe(false);
  });

  test('closing twice is no error', () => {
    const store = new SqliteStore(':memory:', { driver });
    store.close();
    expect(() => store.admin.close()).not.toThrow();
  });

  test('a change that fails halfway is undone as a whole', () => {
    const store = new SqliteStore(':memory:', { driver });
    store.createThread(scope, threadOf('t1', { title: 'kept' }));
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    expect(() => store.patchThread(scope, 't1', { title: 'lost', metadata: circular })).toThrow(TypeError);
    expect(store.patchThread(scope, 't1', {}).title).toBe('kept');
    store.close();
  });
});
