import { getEventListeners } from 'node:events';

import { type ReleaseLock } from '../../src/store';
import { InProcessThreadLock } from '../../src/stores';

const LONG = 60_000;

function take(lock: InProcessThreadLock, key: string): ReleaseLock {
  const release = lock.acquire(key, { waitMs: 0 });
  if (typeof release !== 'function') throw new Error(`The lock of ${key} was not free.`);
  return release;
}

describe('InProcessThreadLock', () => {
  let lock: InProcessThreadLock;

  beforeEach(() => {
    jest.useFakeTimers();
    lock = new InProcessThreadLock();
  });

  afterEach(() => jest.useRealTimers());

  test('a free lock is given at once, without a promise', () => {
    expect(lock.acquire('a', { waitMs: LONG })).toBeInstanceOf(Function);
  });

  test('with waitMs 0 a taken lock is refused at once', () => {
    take(lock, 'a');
    expect(lock.acquire('a', { waitMs: 0 })).toBeNull();
  });

  test('keys do not hinder each other', () => {
    take(lock, 'a');
    expect(lock.acquire('b', { waitMs: 0 })).toBeInstanceOf(Function);
  });

  test('a released lock is free again', () => {
    take(lock, 'a')();
    take(lock, 'a')();
    expect(lock.acquire('a', { waitMs: 0 })).toBeInstanceOf(Function);
  });

  test('those who wait get the lock one by one, in order of arrival', async () => {
    const order: number[] = [];
    const first = take(lock, 'a');
    const waiting = [1, 2, 3].map(async (number) => {
      const release = await lock.acquire('a', { waitMs: LONG });
      order.push(number);
      await Promise.resolve();
      expect(order.at(-1)).toBe(number); // no other came in between
      release?.();
    });
    first();
    await Promise.all(waiting);
    expect(order).toEqual([1, 2, 3]);
  });

  test('none slips in between the release and the next in the queue', async () => {
    const first = take(lock, 'a');
    const second = lock.acquire('a', { waitMs: LONG });
    first();
    expect(lock.acquire('a', { waitMs: 0 })).toBeNull();
    expect(await second).toBeInstanceOf(Function);
  });

  test('releasing twice does not free the lock of the next holder', async () => {
    const first = take(lock, 'a');
    const second = lock.acquire('a', { waitMs: LONG });
    first();
    first();
    await second;
    expect(lock.acquire('a', { waitMs: 0 })).toBeNull();
  });

  test('releasing late does not free the lock of a later holder', () => {
    const first = take(lock, 'a');
    first();
    take(lock, 'a');
    first();
    expect(lock.acquire('a', { waitMs: 0 })).toBeNull();
  });

  test('waiting ends with null when the time is up, and the place in the queue is given up', async () => {
    const first = take(lock, 'a');
    const impatient = lock.acquire('a', { waitMs: 100 });
    const patient = lock.acquire('a', { waitMs: LONG });
    jest.advanceTimersByTime(99);
    jest.advanceTimersByTime(1);
    expect(await impatient).toBeNull();
    first();
    expect(await patient).toBeInstanceOf(Function);
  });

  test('a wait longer than timers can count does not end at once', async () => {
    const first = take(lock, 'a');
    const waiting = lock.acquire('a', { waitMs: Infinity });
    jest.advanceTimersByTime(LONG);
    first();
    expect(await waiting).toBeInstanceOf(Function);
  });

  test('waiting ends with null when the signal aborts', async () => {
    const first = take(lock, 'a');
    const controller = new AbortController();
    const waiting = lock.acquire('a', { waitMs: LONG, signal: controller.signal });
    controller.abort();
    expect(await waiting).toBeNull();
    first();
    expect(lock.acquire('a', { waitMs: 0 })).toBeInstanceOf(Function);
  });

  test('a signal that has aborted before gets no lock, not even a free one', () => {
    expect(lock.acquire('a', { waitMs: LONG, signal: AbortSignal.abort() })).toBeNull();
    expect(lock.acquire('a', { waitMs: 0 })).toBeInstanceOf(Function);
  });

  test.each(['lock', 'timeout', 'abort'])(
    'a wait that ended by %s leaves no timer and no listener',
    async (by) => {
      const first = take(lock, 'a');
      const controller = new AbortController();
      const waiting = lock.acquire('a', { waitMs: 100, signal: controller.signal });
      expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
      if (by === 'lock') first();
      else if (by === 'timeout') jest.advanceTimersByTime(100);
      else controller.abort();
      await waiting;
      expect(jest.getTimerCount()).toBe(0);
      expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    },
  );

  test('an abort after the lock was given does not take it away', async () => {
    const controller = new AbortController();
    const first = take(lock, 'a');
    const waiting = lock.acquire('a', { waitMs: LONG, signal: controller.signal });
    first();
    const release = await waiting;
    controller.abort();
    expect(lock.acquire('a', { waitMs: 0 })).toBeNull();
    release?.();
    expect(lock.acquire('a', { waitMs: 0 })).toBeInstanceOf(Function);
  });
});

test('idle keys leave no memory behind', () => {
  const deleted = jest.spyOn(Map.prototype, 'delete');
  const added = jest.spyOn(Map.prototype, 'set');
  const lock = new InProcessThreadLock();
  for (let index = 0; index < 10; index++) take(lock, `key ${String(index)}`)();
  const keysOf = (spy: typeof deleted | typeof added) =>
    spy.mock.calls.map(([key]) => key as unknown).filter((key) => String(key).startsWith('key '));
  expect(keysOf(deleted)).toEqual(keysOf(added));
  expect(keysOf(added)).toHaveLength(10);
  jest.restoreAllMocks();
});

test('one who waits does not keep the process alive', () => {
  const unref = jest.fn();
  jest.spyOn(global, 'setTimeout').mockReturnValue({ unref } as unknown as NodeJS.Timeout);
  const lock = new InProcessThreadLock();
  take(lock, 'a');
  void lock.acquire('a', { waitMs: LONG });
  expect(unref).toHaveBeenCalledTimes(1);
  jest.restoreAllMocks();
});
