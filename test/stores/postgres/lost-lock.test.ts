import { setTimeout as sleep } from 'node:timers/promises';
import { threadKey } from '../../../src/store';
import { PostgresStore } from '../../../src/stores/postgres';
import { describeWithPostgres } from '../../support/postgres';
import { until } from '../../support/wait';
import { scopeOf, threadOf, widgetOf } from '../fixtures';
import { breakableLine, type BreakableLine } from './breakable-line';

const ann = scopeOf('ann');
const KEY = threadKey('ann', 't1');

const save = (store: PostgresStore, id: string, threadId = 't1'): Promise<number> => {
  const item = widgetOf(id, threadId);
  return store.saveItem(ann, item, JSON.stringify(item));
};

/*
 * The connection that holds the lock of a run's thread is lost. Until this process has another one, it does not
 * know whether the next run of the thread has begun elsewhere.
 */
describeWithPostgres('a PostgresStore whose lock is lost', (databases) => {
  let line: BreakableLine;
  let one: PostgresStore;
  let other: PostgresStore;
  let lost: jest.Mock;

  const inThread = async (): Promise<string[]> =>
    (await other.listItems(ann, 't1', { limit: 9, order: 'asc' })).data.map(({ id }) => id);

  beforeEach(async () => {
    const url = await databases.create();
    line = await breakableLine(url);
    one = new PostgresStore(url, { directUrl: line.url, connectTimeoutMs: 1500 });
    other = new PostgresStore(url);
    await one.createThread(ann, threadOf('t1'));
    await one.createThread(ann, threadOf('t2'));
    lost = jest.fn();
    expect(await one.threadLock.acquire(KEY, { waitMs: 0, onLost: lost })).toBeInstanceOf(Function);
    await save(one, 'question');
    line.cut();
    await until(() => one.threadLock.doubt !== undefined, 'the loss');
  });
  afterEach(async () => {
    await Promise.all([one.close(), other.close()]);
    await line.close();
  });

  test('adds nothing behind what the next run has added', async () => {
    const writes = Promise.allSettled([save(one, 'answer'), save(one, 'of no run', 't2')]);
    expect(await other.threadLock.acquire(KEY, { waitMs: 5000 })).toBeInstanceOf(Function);
    await save(other, 'next question');
    expect(lost).not.toHaveBeenCalled();
    line.restore();
    expect(await writes).toMatchObject([
      { status: 'rejected', reason: { code: 'lock_lost', status: 503, allowRetry: true } },
      { status: 'fulfilled', value: 1 },
    ]);
    expect(lost).toHaveBeenCalledTimes(1);
    await save(other, 'next answer');
    await save(one, 'note'); // of the run that was cancelled: behind, and known to be so
    expect(await inThread()).toEqual(['question', 'next question', 'next answer', 'note']);
  });

  test('goes on when no other process has the lock', async () => {
    const answer = save(one, 'answer');
    await sleep(50);
    expect(await inThread()).toEqual(['question']);
    line.restore();
    expect(await answer).toBe(1);
    expect(one.threadLock.doubt).toBeUndefined();
    expect(await other.threadLock.acquire(KEY, { waitMs: 0 })).toBeNull();
    expect(lost).not.toHaveBeenCalled();
  });

  test('answers 503 when the connection does not come back in time, and writes nothing', async () => {
    await expect(save(one, 'answer')).rejects.toMatchObject({ code: 'store_unavailable', status: 503 });
    expect(await inThread()).toEqual(['question']);
    line.restore();
    await until(() => one.threadLock.doubt === undefined, 'the lock');
    expect(await save(one, 'answer')).toBe(1);
  });
});
