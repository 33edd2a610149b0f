import { setImmediate } from 'node:timers/promises';
import { Client } from 'pg';

import { PostgresThreadLock } from '../../../src/stores/postgres';
import { type ReleaseLock } from '../../../src/store';
import { describeWithPostgres, run } from '../../support/postgres';
import { Child } from '../../support/child';
import { until } from '../../support/wait';
import { nameOf } from '../../../src/stores/postgres/postgres-thread-lock';
import { endConnections } from './backends';
import { breakableLine } from './breakable-line';

const LONG = 60_000;

describeWithPostgres('PostgresThreadLock', (databases) => {
  let url: string;
  /** As of three processes: each has a connection of its own. */
  let locks: PostgresThreadLock[];

  beforeEach(async () => {
    url = await databases.create();
    locks = Array.from({ length: 3 }, () => new PostgresThreadLock(url));
    // All of them listen.
    for (const lock of locks) (await lock.acquire('warm', { waitMs: LONG }))?.();
  });
  afterEach(() => Promise.all(locks.map((lock) => lock.close())));

  const take = async (n: number, key = 'a'): Promise<ReleaseLock> => {
    const release = await locks[n]!.acquire(key, { waitMs: LONG });
    if (release === null) throw new Error('The lock was not given.');
    return release;
  };
  const tryOnce = (n: number, key = 'a') => locks[n]!.acquire(key, { waitMs: 0 });

  /** Another that listens: what it has heard, all have heard. */
  let ear: Client;
  let heard: string[];
  beforeEach(async () => {
    heard = [];
    ear = new Client(url);
    await ear.connect();
    ear.on('notification', ({ payload }) => heard.push(payload ?? ''));
    await ear.query('LISTEN chatkit_locks');
  });
  afterEach(() => ear.end());

  /** Resolves when so many have told that they wait. */
  async function waiting(count: number): Promise<void> {
    while (heard.filter((each) => each.startsWith('want')).length < count) await ear.query('SELECT 1');
  }

  test('is given to one process at a time, and refused to others that do not wait', async () => {
    const release = await take(0);
    expect(await tryOnce(0)).toBeNull();
    expect(await tryOnce(1)).toBeNull();
    expect(await tryOnce(2, 'b')).toBeInstanceOf(Function);
    release();
    release();
    const other = await take(1);
    expect(await tryOnce(0)).toBeNull();
    other();
  });

  test('is given in the order of arrival, over all processes', async () => {
    const release = await take(0);
    const order: string[] = [];
    const turns: Promise<void>[] = [];
    for (const [place, n] of [1, 2, 0, 1, 0, 2].entries()) {
      turns.push(
        take(n).then(async (next) => {
          order.push(`${String(place)} of ${String(n)}`);
          await setImmediate();
          next();
        }),
      );
      await waiting(place + 1);
    }
    release();
    await Promise.all(turns);
    expect(order).toEqual(['0 of 1', '1 of 2', '2 of 0', '3 of 1', '4 of 0', '5 of 2']);
  });

  test('is given in the order of arrival to requests that come at the same time', async () => {
    const release = await take(0);
    const order: number[] = [];
    const turns = [1, 2, 3, 4].map(async (place) => {
      const next = await take(1);
      order.push(place);
      await next();
    });
    await waiting(4);
    release();
    await Promise.all(turns);
    expect(order).toEqual([1, 2, 3, 4]);
  });

  test('no two overlap, and none is forgotten, in whatever order they come', async () => {
    let inside = 0;
    let turns = 0;
    await Promise.all(
      Array.from({ length: 90 }, async (_, n) => {
        const release = await take(n % 3);
        inside += 1;
        expect(inside).toBe(1);
        await setImmediate();
        inside -= 1;
        turns += 1;
        release();
      }),
    );
    expect(turns).toBe(90);
  });

  test('is not given to who has stopped waiting', async () => {
    const release = await take(0);
    const leaving = new AbortController();
    const gone = locks[1]!.acquire('a', { waitMs: LONG, signal: leaving.signal });
    await waiting(1);
    const next = take(2);
    await waiting(2);
    leaving.abort();
    expect(await gone).toBeNull();
    expect(await locks[1]!.acquire('a', { waitMs: LONG, signal: leaving.signal })).toBeNull();
    release();
    (await next)();
    expect(await locks[0]!.acquire('b', { waitMs: 5 })).toBeInstanceOf(Function);
    expect(await locks[1]!.acquire('b', { waitMs: 5 })).toBeNull();
  });

  test('waiting takes no connection', async () => {
    const release = await take(0);
    const turns = Array.from({ length: 50 }, (_, n) => take(n % 3));
    for (const each of turns) void each.then((next) => next());
    await waiting(50);
    const [row] = await run(
      url,
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    expect(row).toEqual({ n: 4 }); // with the one of this test
    release();
    await Promise.all(turns);
  });

  test('leaves nothing behind when all have given it back', async () => {
    for (const n of [0, 1, 2]) (await take(n))();
    await take(0);
    const [row] = await run(url, `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory'`);
    expect(row).toEqual({ n: 1 });
  });

  test('is free when the process that had it has died, and goes to who waits', async () => {
    const child = Child.start<string>('stores/postgres/lock-holder.ts', [url, 'a']);
    expect(await child.next()).toBe('locked');
    expect(await tryOnce(1)).toBeNull();
    const next = take(1);
    child.kill();
    (await next)();
  });

  test('is free when the lock was closed that had it, which is told to who waits', async () => {
    await take(0);
    const next = take(1);
    await waiting(1);
    await locks[0]!.close();
    (await next)();
    while (!heard.some((each) => each.startsWith('free'))) await ear.query('SELECT 1');
  });

  test('whose connection was lost is told when another process has it by then', async () => {
    const lost = jest.fn();
    const release = (await locks[0]!.acquire('a', { waitMs: 0, onLost: lost }))!;
    const kept = jest.fn();
    await locks[0]!.acquire('b', { waitMs: 0, onLost: kept });
    const [row] = await run(url, `SELECT pid FROM pg_locks WHERE locktype = 'advisory' LIMIT 1`);
    const name = nameOf('a');
    const thief = new Client(url);
    await thief.connect();
    const stolen = thief.query(`SELECT pg_advisory_lock(${name})`); // waits, and is served before others ask
    while (!(await run(url, `SELECT 1 FROM pg_locks WHERE NOT granted`)).length);
    await run(url, `SELECT pg_terminate_backend(${String(row!['pid'])}, 5000)`);
    await stolen;
    await until(() => lost.mock.calls.length > 0, 'the loss to be told');
    expect(kept).not.toHaveBeenCalled();
    release(); // takes it from nobody
    expect(await tryOnce(1)).toBeNull();
    await thief.end();
    (await take(1))();
    expect(lost).toHaveBeenCalledTimes(1);
  });

  test('is taken again when the connection was lost', async () => {
    const release = await take(0);
    await endConnections(url);
    await run(url, 'SELECT 1');
    while ((await run(url, `SELECT 1 FROM pg_locks WHERE locktype = 'advisory'`)).length === 0);
    const other = new PostgresThreadLock(url);
    expect(await other.acquire('a', { waitMs: 0 })).toBeNull();
    const next = other.acquire('a', { waitMs: LONG });
    release();
    expect(await next).toBeInstanceOf(Function);
    await other.close();
  });

  test('is taken again when its connection has fallen silent, from the one that the server still has', async () => {
    const line = await breakableLine(url);
    const lock = new PostgresThreadLock(line.url, { connectTimeoutMs: 1000 });
    const lost = jest.fn();
    const release = await lock.acquire('a', { waitMs: 0, onLost: lost });
    line.silenceAll();
    await expect(lock.acquire('b', { waitMs: 0 })).rejects.toMatchObject({ code: 'store_unavailable' });
    const holders = async () =>
      await run(
        url,
        `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND database =
        (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
    const [old] = await holders();
    await until(async () => {
      const [now] = await holders();
      return now !== undefined && now['pid'] !== old?.['pid'];
    }, 'the lock to be taken again');
    expect(lost).not.toHaveBeenCalled();
    expect(await tryOnce(0)).toBeNull();
    await release?.();
    expect(await tryOnce(0)).toBeInstanceOf(Function);
    await lock.close();
    await line.close();
  }, 30_000);

  test('does not stay when the server refuses another lock that is asked for at the same time', async () => {
    const rival = new Client(url);
    await rival.connect();
    try {
      await fillLockTable(rival);
      await rival.query('SELECT pg_advisory_unlock(0)'); // room for one
      const taken = await Promise.allSettled(['p', 'q', 'r'].map((key) => tryOnce(0, key)));
      const given = taken.map((each) => (each.status === 'fulfilled' ? each.value : null)).filter(Boolean);
      expect(taken.some(({ status }) => status === 'rejected')).toBe(true);
      await rival.query('SELECT pg_advisory_unlock_all()');
      for (const release of given) await release?.();
    } finally {
      await rival.end();
    }
    for (const key of ['p', 'q', 'r']) expect(await tryOnce(1, key)).toBeInstanceOf(Function);
  }, 60_000);

  test('is given back although the server refuses another lock at the same time', async () => {
    const rival = new Client(url);
    await rival.connect();
    const release = await take(0, 'p');
    try {
      await fillLockTable(rival);
      const [refused] = await Promise.allSettled([tryOnce(0, 'q'), release()]);
      expect(refused).toMatchObject({ status: 'rejected' });
      expect(await tryOnce(1, 'p')).toBeInstanceOf(Function);
    } finally {
      await rival.end();
    }
  }, 60_000);

  test('a request that cannot be put into the queue fails as something that may pass', async () => {
    const release = await take(0);
    const first = take(1);
    await waiting(1);
    const server = (await databases.server()).url;
    const database = /\/(\w+)(\?|$)/.exec(url)![1]!;
    await run(server, `ALTER DATABASE ${database} ALLOW_CONNECTIONS false`);
    await endConnections(server, database);
    await expect(take(1)).rejects.toMatchObject({ code: 'store_unavailable' });
    await run(server, `ALTER DATABASE ${database} ALLOW_CONNECTIONS true`);
    release();
    (await first)();
    (await take(2))();
  });
});

/** Takes advisory locks until the server has no room for more: those before the error stay. */
async function fillLockTable(client: Client): Promise<void> {
  for (let from = 0; ; from += 1000) {
    const numbers = `generate_series(${String(from)}, ${String(from + 999)})`;
    const isFull = await client.query(`SELECT pg_advisory_lock(n) FROM ${numbers} AS n`).then(
      () => false,
      () => true,
    );
    if (isFull) return;
  }
}
