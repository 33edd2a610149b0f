import { Client } from 'pg';

import { PostgresStore } from '../../../src/stores/postgres';
import { describeWithPostgres, run } from '../../support/postgres';
import { scopeOf, threadOf, widgetOf } from '../fixtures';
import { endConnections, waitingBackends } from './backends';
import { breakableLine } from './breakable-line';

const ann = scopeOf('ann');
const item = widgetOf('i1', 't1');
const text = JSON.stringify(item);

describeWithPostgres('the connections of PostgresStore', (databases) => {
  let url: string;
  let store: PostgresStore;
  let rival: Client;

  beforeEach(async () => {
    url = await databases.create();
    store = new PostgresStore(url, { maxConnections: 3, statementTimeoutMs: 60_000 });
    await store.createThread(ann, threadOf('t1'));
    rival = new Client(url);
    await rival.connect();
  });
  afterEach(async () => {
    await rival.end();
    await store.close();
  });

  const lockThread = async (): Promise<void> => {
    await rival.query('BEGIN');
    await rival.query('SELECT * FROM chatkit_threads FOR UPDATE');
  };

  test('are made anew when the server has ended them while they were idle', async () => {
    await endConnections(url);
    expect(await store.loadThread(ann, 't1')).toEqual(threadOf('t1'));
    await endConnections(url);
    expect(await store.saveItem(ann, item, text)).toBe(1);
  });

  test('when one is lost under a write, that fails and is not made again by itself', async () => {
    await lockThread();
    const saving = store.saveItem(ann, item, text);
    const lost = expect(saving).rejects.toMatchObject({
      code: 'store_unavailable',
      status: 503,
      allowRetry: true,
    });
    await waitingBackends(url, 1);
    await endConnections(url);
    await lost;
    await rival.query('COMMIT');
    await expect(store.loadItem(ann, 't1', 'i1')).rejects.toMatchObject({ code: 'not_found' });
    expect(await store.saveItem(ann, item, text)).toBe(1);
  });

  test('when one breaks without a word, its call fails, and the process lives', async () => {
    const line = await breakableLine(url);
    const other = new PostgresStore(line.url);
    await other.loadThread(ann, 't1');
    await lockThread();
    const saving = other.saveItem(ann, item, text);
    const lost = expect(saving).rejects.toMatchObject({ code: 'store_unavailable' });
    await waitingBackends(url, 1);
    line.breakAll();
    await lost;
    await rival.query('COMMIT');
    await other.loadThread(ann, 't1');
    line.breakAll(); // while it is idle
    expect(await other.loadThread(ann, 't1')).toEqual(threadOf('t1'));
    await other.close();
    await line.close();
  });

  test('that fall silent are given up, and what can be made again is', async () => {
    const line = await breakableLine(url);
    const times = { statementTimeoutMs: 1000, connectTimeoutMs: 1000 };
    const other = new PostgresStore(line.url, { ...times, maxConnections: 1 });
    await other.loadThread(ann, 't1');
    line.silenceAll();
    expect(await other.loadThread(ann, 't1')).toEqual(threadOf('t1'));
    line.silenceAll();
    await expect(other.saveItem(ann, item, text)).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(await other.saveItem(ann, item, text)).toBe(1);
    await other.close();
    await line.close();
  }, 30_000);

  test('that have fallen silent do not keep the store from closing', async () => {
    const line = await breakableLine(url);
    const other = new PostgresStore(line.url, { connectTimeoutMs: 500 });
    await other.loadThread(ann, 't1');
    await (
      await other.threadLock.acquire('t1', { waitMs: 0 })
    )?.();
    line.silenceAll();
    await other.close();
    await line.close();
  });

  test('when one is lost under a read, that is made again', async () => {
    await rival.query('BEGIN');
    await rival.query('LOCK TABLE chatkit_threads');
    const loading = store.loadThread(ann, 't1');
    await waitingBackends(url, 1);
    await endConnections(url);
    await waitingBackends(url, 1); // it has come back
    await rival.query('COMMIT');
    expect(await loading).toEqual(threadOf('t1'));
  });

  test('to a standby are named as such, and read', async () => {
    const name = /\/(\w+)(\?|$)/.exec(url)![1]!;
    await run(url, `ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    const other = new PostgresStore(url);
    expect(await other.loadThread(ann, 't1')).toEqual(threadOf('t1'));
    await expect(other.saveItem(ann, item, text)).rejects.toMatchObject({
      code: 'store_unavailable',
      cause: { message: expect.stringContaining('standby') as string },
    });
    await other.close();
  });

  test('a statement that takes too long fails alone, as something that may pass', async () => {
    const hasty = new PostgresStore(url, { statementTimeoutMs: 100 });
    await lockThread();
    await expect(hasty.saveItem(ann, item, text)).rejects.toMatchObject({ code: 'store_busy', status: 503 });
    await rival.query('COMMIT');
    expect(await hasty.saveItem(ann, item, text)).toBe(1);
    await hasty.close();
  });

  test('statements that the server has forgotten are prepared again', async () => {
    const [one] = [new PostgresStore(url, { maxConnections: 1 })];
    expect(await one.saveItem(ann, item, text)).toBe(1);
    const prototype = Client.prototype as unknown as { query(text: string): Promise<unknown> };
    const clients = new Set<Client>();
    const spy = jest.spyOn(prototype, 'query').mockImplementation(function (this: Client, ...args) {
      clients.add(this);
      return Reflect.apply(original, this, args) as Promise<unknown>;
    });
    await one.loadThread(ann, 't1');
    spy.mockRestore();
    for (const client of clients) await client.query('DEALLOCATE ALL');
    expect(await one.saveItem(ann, item, text)).toBe(2);
    expect(await one.loadThread(ann, 't1')).toEqual(threadOf('t1'));
    await one.close();
  });

  test.each(['in the URL', 'in the settings', 'in the environment'])(
    'have the isolation that the store needs, with options %s and another default',
    async (where) => {
      const name = /\/(\w+)(\?|$)/.exec(url)![1]!;
      await run(url, `ALTER DATABASE ${name} SET default_transaction_isolation = 'repeatable read'`);
      await run(url, 'CREATE SCHEMA chat');
      const options = '-c search_path=chat';
      const inUrl = `${url}${url.includes('?') ? '&' : '?'}options=${encodeURIComponent(options)}`;
      if (where === 'in the environment') process.env['PGOPTIONS'] = options;
      const other = new PostgresStore(where === 'in the URL' ? inUrl : url, {
        pg: where === 'in the settings' ? { options } : {},
      });
      await other.createThread(ann, threadOf('t2'));
      delete process.env['PGOPTIONS'];
      await rival.query('BEGIN; SELECT * FROM chat.chatkit_threads FOR UPDATE');
      const saving = other.saveItem(ann, widgetOf('i1', 't2'), text);
      await waitingBackends(url, 1);
      const third = new PostgresStore(inUrl);
      const deleting = third.deleteThread(ann, 't2');
      await waitingBackends(url, 2);
      await rival.query('COMMIT');
      await Promise.all([saving, deleting]);
      expect(await run(url, 'SELECT * FROM chat.chatkit_items')).toEqual([]);
      await Promise.all([other.close(), third.close()]);
    },
  );

  test('leave no timer behind when the application sets a query_timeout of its own', async () => {
    const other = new PostgresStore(url, { pg: { query_timeout: 60_000 } });
    await other.loadThread(ann, 't1');
    const timers = (): number => process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;
    const before = timers();
    for (let n = 0; n < 20; n += 1) await other.loadThread(ann, 't1');
    await Promise.allSettled(Array.from({ length: 20 }, () => other.loadThread(ann, 'none')));
    expect(timers()).toBeLessThan(before + 10);
    await other.close();
  });

  test('are closed when the writes that wait are made', async () => {
    const other = new PostgresStore(url);
    const saving = other.saveItem(ann, item, text);
    await other.close();
    await other.close();
    expect(await saving).toBe(1);
    await expect(other.loadThread(ann, 't1')).rejects.toThrow('closed');
  });

  test('processes that write into the same threads in any order never lock each other out', async () => {
    const ids = Array.from({ length: 6 }, (_, n) => `thread ${String(n)}`);
    for (const id of ids) await store.createThread(ann, threadOf(id));
    const stores = Array.from({ length: 3 }, () => new PostgresStore(url, { maxConnections: 2 }));
    const writeAll = async (one: PostgresStore, n: number): Promise<void> => {
      for (let turn = 0; turn < 30; turn += 1) {
        const shuffled = ids.toSorted(() => Math.random() - 0.5);
        await Promise.all([
          ...shuffled.map((id) => {
            const each = widgetOf(`${String(n)} ${String(turn)}`, id);
            return one.saveItem(ann, each, JSON.stringify(each));
          }),
          ...shuffled.map((id) => one.putValue(ann, id, turn)),
          ...shuffled.map((id) => one.patchThread(ann, id, { metadata: { [String(n)]: turn } })),
          one.createThread(
            scopeOf(`owner ${String(turn % 2)}`),
            threadOf(`${String(n)} new ${String(turn)}`),
          ),
        ]);
      }
    };
    await Promise.all(stores.map(writeAll));
    for (const id of ids) {
      const { data } = await store.listItems(ann, id, { limit: 100, order: 'asc' });
      expect(data).toHaveLength(90);
      expect((await store.loadThread(ann, id)).metadata).toEqual({ 0: 29, 1: 29, 2: 29 });
    }
    const [row] = await run(
      url,
      'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
    );
    expect(row).toEqual({ deadlocks: 0 });
    await Promise.all(stores.map((one) => one.close()));
  });
});

const original = Client.prototype.query as (...args: unknown[]) => unknown;
