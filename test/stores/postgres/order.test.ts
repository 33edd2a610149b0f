import { Client } from 'pg';

import { PostgresStore } from '../../../src/stores/postgres';
import { SAVE } from '../../../src/stores/postgres/item-sql';
import { toJsonb } from '../../../src/stores/postgres/jsonb-text';
import { CREATE } from '../../../src/stores/postgres/thread-sql';
import { describeWithPostgres } from '../../support/postgres';
import { scopeOf, threadOf, widgetOf } from '../fixtures';
import { waitingBackends } from './backends';

const ann = scopeOf('ann');
const all = { limit: 100, order: 'asc' } as const;

describeWithPostgres('the order of lists', (databases) => {
  let store: PostgresStore;
  /** Another process, whose transaction is not committed yet. */
  let rival: Client;
  let url: string;

  beforeEach(async () => {
    url = await databases.create();
    store = new PostgresStore(url);
    await store.createThread(ann, threadOf('t1'));
    rival = new Client(url);
    await rival.connect();
    await rival.query('BEGIN');
  });
  afterEach(async () => {
    await rival.end();
    await store.close();
  });

  test('no item is listed before one with a lower number is committed', async () => {
    const early = widgetOf('early', 't1');
    await rival.query(SAVE.text, ['t1', 'ann', early.id, early.type, JSON.stringify(early)]);
    const late = widgetOf('late', 't1');
    const saving = store.saveItem(ann, late, JSON.stringify(late));
    await waitingBackends(url, 1);
    expect((await store.listItems(ann, 't1', all)).data).toEqual([]);
    await rival.query('COMMIT');
    await saving;
    expect((await store.listItems(ann, 't1', all)).data).toEqual([early, late]);
  });

  test('items of other threads do not wait for each other', async () => {
    await store.createThread(ann, threadOf('t2'));
    const early = widgetOf('early', 't1');
    await rival.query(SAVE.text, ['t1', 'ann', early.id, early.type, JSON.stringify(early)]);
    const other = widgetOf('other', 't2');
    await store.saveItem(ann, other, JSON.stringify(other));
    expect((await store.listItems(ann, 't2', all)).data).toEqual([other]);
  });

  test('no thread of an owner is listed before one with a lower number is committed', async () => {
    await rival.query(CREATE.text, ['early', 'ann', toJsonb(threadOf('early'))]);
    const creating = store.createThread(ann, threadOf('late'));
    await waitingBackends(url, 1);
    expect((await store.listThreads(ann, all)).data.map(({ id }) => id)).toEqual(['t1']);
    await rival.query('COMMIT');
    await creating;
    expect((await store.listThreads(ann, all)).data.map(({ id }) => id)).toEqual(['t1', 'early', 'late']);
  });

  test('the list of all threads waits for those that are being made', async () => {
    await rival.query(CREATE.text, ['early', 'ann', toJsonb(threadOf('early'))]);
    await store.createThread(scopeOf('bob'), threadOf('late'));
    const listing = store.admin.listThreads(all);
    await waitingBackends(url, 1);
    await rival.query('COMMIT');
    expect((await listing).data.map(({ id }) => id)).toEqual(['t1', 'early', 'late']);
  });

  test('who follows a list while three processes write sees all, in the order that it has then', async () => {
    const stores = Array.from({ length: 3 }, () => new PostgresStore(url, { maxConnections: 2 }));
    await rival.query('COMMIT');
    const state = { isOver: false };
    const writing = Promise.all(
      stores.map(async (one, process) => {
        for (let turn = 0; turn < 40; turn += 1) {
          const ids = [1, 2].map((n) => `${String(process)} ${String(turn)} ${String(n)}`);
          const items = ids.map((id) => widgetOf(id, 't1'));
          await Promise.all(items.map((item) => one.saveItem(ann, item, JSON.stringify(item))));
        }
      }),
    ).finally(() => (state.isOver = true));
    const seen: string[] = [];
    for (;;) {
      const wasOver = state.isOver;
      const { data, has_more } = await store.listItems(ann, 't1', {
        limit: 5,
        order: 'asc',
        after: seen.at(-1),
      });
      seen.push(...data.map(({ id }) => id));
      if (wasOver && !has_more) break;
    }
    await writing;
    const { data } = await store.listItems(ann, 't1', { limit: 1000, order: 'asc' });
    expect(seen).toEqual(data.map(({ id }) => id));
    expect(new Set(seen).size).toBe(240);
    await Promise.all(stores.map((one) => one.close()));
  });

  test('what was saved in a thread while its deletion waited is deleted as well', async () => {
    const item = widgetOf('i1', 't1');
    await rival.query(SAVE.text, ['t1', 'ann', item.id, item.type, JSON.stringify(item)]);
    const deleting = store.deleteThread(ann, 't1');
    await waitingBackends(url, 1);
    await rival.query('COMMIT');
    await deleting;
    expect((await rival.query('SELECT * FROM chatkit_items')).rows).toEqual([]);
  });

  test('a version that another process has written meanwhile is a conflict', async () => {
    const item = widgetOf('i1', 't1');
    const text = JSON.stringify(item);
    await store.saveItem(ann, item, text);
    await rival.query(SAVE.text, ['t1', 'ann', item.id, item.type, text]);
    const saving = store.saveItem(ann, item, text, { ifVersion: 1 });
    const refused = expect(saving).rejects.toMatchObject({ code: 'conflict' });
    await waitingBackends(url, 1);
    await rival.query('COMMIT');
    await refused;
    expect(await store.loadItem(ann, 't1', 'i1')).toEqual({ item, version: 2 });
  });
});
