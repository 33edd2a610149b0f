import { inspect } from 'node:util';

import { StoreRateLimiter } from '../../src/stores';
import type { Store } from '../../src/store';
import { describeEveryStore } from '../app/stores';
import { pause } from '../support/wait';

const HOUR = 3_600_000;

describeEveryStore('StoreRateLimiter', (create) => {
  let store: Store;
  beforeEach(async () => {
    store = await create();
    await store.admin?.migrate();
  });

  const outcome = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'taken',
      (error: unknown) => (error instanceof Error && 'msBeforeNext' in error ? 'refused' : inspect(error)),
    );

  test('gives an owner so many points in a window, and others theirs', async () => {
    const limiter = new StoreRateLimiter(store, { points: 3, windowMs: HOUR });
    await limiter.consume('ann', 2);
    expect(await outcome(limiter.consume('ann', 2))).toBe('refused');
    await limiter.consume('ann');
    const error = await limiter.consume('ann').catch((thrown: unknown) => thrown);
    const { msBeforeNext } = error as { msBeforeNext: number };
    expect(msBeforeNext).toBeGreaterThan(0);
    expect(msBeforeNext).toBeLessThanOrEqual(HOUR);
    await limiter.consume('bob', 3);
    await new StoreRateLimiter(store, { points: 3, windowMs: HOUR, name: 'uploads' }).consume('ann', 3);
  });

  test('counts for all processes together, and none twice', async () => {
    const limiters = [1, 2, 3].map(() => new StoreRateLimiter(store, { points: 10, windowMs: HOUR }));
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, (_, n) => outcome(limiters[n % 3]!.consume('ann', 1))),
    );
    expect(outcomes.filter((each) => each === 'taken')).toHaveLength(10);
    expect(outcomes.filter((each) => each === 'refused')).toHaveLength(20);
  });

  test('does not refuse for longer than a window when the clock is set back', async () => {
    const windowMs = 300;
    const limiter = new StoreRateLimiter(store, { points: 1, windowMs });
    const tomorrow = Date.now() + 24 * HOUR;
    const clock = jest.spyOn(Date, 'now').mockReturnValue(tomorrow);
    await limiter.consume('ann');
    clock.mockRestore();
    const error = await limiter.consume('ann').catch((thrown: unknown) => thrown);
    expect((error as { msBeforeNext: number }).msBeforeNext).toBeLessThanOrEqual(windowMs);
    await pause(windowMs + 50);
    expect(await outcome(limiter.consume('ann'))).toBe('taken');
  });

  test('begins again when the window is over', async () => {
    const limiter = new StoreRateLimiter(store, { points: 1, windowMs: 50 });
    await limiter.consume('ann');
    while ((await outcome(limiter.consume('ann'))) !== 'taken');
  });

  test.each([
    { points: -1, windowMs: 1 },
    { points: 1, windowMs: 0 },
    { points: NaN, windowMs: 1 },
  ])('refuses %p', (options) => {
    expect(() => new StoreRateLimiter(store, options)).toThrow(RangeError);
  });
});
