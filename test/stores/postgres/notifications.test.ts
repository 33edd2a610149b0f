import { Client } from 'pg';

import { PostgresStore, PostgresThreadLock } from '../../../src/stores/postgres';
import { Child } from '../../support/child';
import { describeWithPostgres, run } from '../../support/postgres';
import { until } from '../../support/wait';
import { scopeOf, threadOf } from '../fixtures';

const ann = scopeOf('ann');
const LONG = 60_000;

describeWithPostgres('the notifications of PostgreSQL', (databases) => {
  test('of other programs, on the channels of the store, do no harm', async () => {
    const url = await databases.create();
    const store = new PostgresStore(url);
    await store.createThread(ann, threadOf('t1'));
    const deleted: string[] = [];
    store.onThreadDeleted((owner, id) => deleted.push(`${owner} ${id}`));
    const listeners = async () =>
      (
        await run(
          url,
          `SELECT 1 FROM pg_stat_activity WHERE application_name LIKE '% chatkit_deletions'
        AND datname = current_database() AND state = 'idle'`,
        )
      ).length;
    await until(async () => (await listeners()) === 1, 'the store to listen');
    for (const message of ['', 'nonsense', 'null', '[]', '{"a":1}', '[1,2]']) {
      await run(url, `NOTIFY chatkit_deletions, '${message}'`);
      await run(url, `NOTIFY chatkit_locks, '${message}'`);
    }
    await store.deleteThread(ann, 't1');
    await until(() => deleted.length > 0, 'the deletion to be heard');
    expect(deleted).toEqual(['ann t1']);
    await store.close();
  });

  describe('that nobody reads', () => {
    let url: string;
    let ear: Client;
    let filled: boolean;

    beforeAll(async () => {
      const server = await databases.server();
      const [row] = await run(server.url, `SELECT current_setting('max_notify_queue_pages', true) AS pages`);
      filled = server.pid !== undefined && row?.['pages'] !== null;
      if (!filled) return;
      await run(server.url, 'ALTER SYSTEM SET max_notify_queue_pages = 64');
      await server.crash();
    });

    beforeEach(async () => {
      url = await databases.create();
      ear = new Client(url);
      await ear.connect();
    });
    afterEach(() => ear.end());

    /** A connection that listens, but is in a transaction, keeps what is sent in the queue. */
    async function fillQueue(): Promise<void> {
      await ear.query('LISTEN other');
      await ear.query('BEGIN; SELECT 1');
      for (const size of [7000, 1000, 100, 1]) {
        for (let isFull = false; !isFull;) {
          isFull = await run(
            url,
            `SELECT pg_notify('other', repeat('x', ${String(size)}) || n)
            FROM generate_series(1, ${size === 1 ? '1' : '10'}) AS n`,
          ).then(
            () => false,
            () => true,
          );
        }
      }
    }

    async function emptyQueue(): Promise<void> {
      await ear.query('COMMIT');
      // This function also frees what all have read.
      const usage = async () => (await run(url, 'SELECT pg_notification_queue_usage() AS n'))[0]?.['n'];
      await until(async () => Number(await usage()) < 0.1, 'the queue to be read');
    }

    test(
      'stop the deletion of a thread as something that may pass',
      async () => {
        if (!filled) return;
        const store = new PostgresStore(url);
        await store.createThread(ann, threadOf('t1'));
        await fillQueue();
        await expect(store.deleteThread(ann, 't1')).rejects.toMatchObject({
          code: 'store_busy',
          status: 503,
        });
        await emptyQueue();
        await store.deleteThread(ann, 't1');
        await store.close();
      },
      LONG,
    );

    test(
      'leave no lock behind',
      async () => {
        if (!filled) return;
        const [one, other] = [new PostgresThreadLock(url), new PostgresThreadLock(url)];
        const holder = Child.start<string>('stores/postgres/lock-holder.ts', [url, 'a']);
        expect(await holder.next()).toBe('locked');
        const given = one.acquire('a', { waitMs: LONG });
        await until(async () => (await other.acquire('b', { waitMs: 0 })) !== null, 'the other to be ready');
        await fillQueue();
        holder.kill();
        const tries = async () =>
          (
            await run(
              url,
              `SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_advisory_unlock%'
          AND datname = current_database() AND pid <> pg_backend_pid()`,
            )
          ).length;
        await until(async () => (await tries()) > 0, 'the lock to be tried and given back', LONG);
        await emptyQueue();
        await (
          await given
        )?.();
        expect(await other.acquire('a', { waitMs: 10_000 })).toBeInstanceOf(Function);
        await Promise.all([one.close(), other.close()]);
      },
      LONG,
    );
  });
});
