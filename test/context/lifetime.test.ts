import { Lifetime } from '../../src/context';

describe('a lifetime', () => {
  it('ends once, by the first reason, for signals and listeners of before and after', () => {
    const lifetime = new Lifetime();
    const heard: unknown[] = [];
    const { signal } = lifetime;
    lifetime.onAbort((reason) => heard.push(reason));
    const first = new Error('first');
    lifetime.abort(first);
    lifetime.abort(new Error('second'));
    lifetime.onAbort((reason) => heard.push(reason));
    expect(heard).toEqual([first, first]);
    expect([signal.reason, lifetime.signal.reason]).toEqual([first, first]);
    expect(() => lifetime.throwIfAborted()).toThrow(first);
  });

  it('waits for work no longer than it lasts, and keeps no listener of work that is done', async () => {
    const lifetime = new Lifetime();
    expect(lifetime.until(1)).toBe(1);
    await expect(lifetime.until(Promise.resolve(2))).resolves.toBe(2);
    await expect(lifetime.until(Promise.reject(new Error('own')))).rejects.toThrow('own');
    expect(Reflect.get(lifetime, 'listeners')).toHaveProperty('size', 0);
    const waiting = lifetime.until(new Promise(() => undefined));
    lifetime.abort(new Error('over'));
    await expect(waiting).rejects.toThrow('over');
    await expect(lifetime.until(Promise.resolve(3))).rejects.toThrow('over');
  });

  it('lets work fail that nobody waits for any more, without an unhandled rejection', async () => {
    const lifetime = new Lifetime();
    let fail: (error: Error) => void = () => undefined;
    const waiting = lifetime.until(new Promise((_, reject) => (fail = reject)));
    lifetime.abort(new Error('over'));
    await expect(waiting).rejects.toThrow('over');
    fail(new Error('late'));
    await new Promise((resolve) => setImmediate(resolve));
  });

  it('has a deadline that can be set anew, and none after its end', async () => {
    jest.useFakeTimers();
    try {
      const lifetime = new Lifetime();
      lifetime.expireIn(100);
      jest.advanceTimersByTime(99);
      lifetime.expireIn(100);
      jest.advanceTimersByTime(99);
      expect(lifetime.aborted).toBe(false);
      jest.advanceTimersByTime(1);
      expect(lifetime.signal.reason).toMatchObject({ status: 503, code: 'unavailable' });
      const ended = new Lifetime();
      ended.expireIn(100);
      ended.end();
      jest.advanceTimersByTime(1_000);
      expect(ended.aborted).toBe(false);
      new Lifetime().expireIn(Number.MAX_SAFE_INTEGER); // no timer takes it: it must not fire at once
      expect(jest.getTimerCount()).toBe(1);
    } finally {
      jest.useRealTimers();
    }
  });
});
