import { PATIENCE_MS, StoreProbe } from '../../src/app/health';
import { MemoryStore } from '../../src/stores';
import { interfere } from '../support/failing-store';

/** A store whose values are read by `read`, and a clock that stands still unless it is moved. */
function probed(read: () => unknown) {
  let now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  const store = interfere(new MemoryStore(), (_, proceed) => read() ?? proceed());
  return {
    probe: new StoreProbe(store),
    asked: () => store.calls.length,
    pass: (ms: number): void => void (now += ms),
  };
}

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

test('a store is asked once a second at most, however many ask for its health', async () => {
  const { probe, asked, pass } = probed(() => undefined);
  const answers = await Promise.all(Array.from({ length: 100 }, () => probe.isReachable()));
  expect(new Set(answers)).toEqual(new Set([true]));
  pass(999);
  await probe.isReachable();
  expect(asked()).toBe(1);
  pass(1);
  await probe.isReachable();
  expect(asked()).toBe(2);
});

test('a store that fails is unreachable, until it answers again', async () => {
  let isBroken = true;
  const { probe, pass } = probed(() => {
    if (isBroken) throw new Error('The store is away.');
  });
  expect(await probe.isReachable()).toBe(false);
  isBroken = false;
  expect(await probe.isReachable()).toBe(false);
  pass(1000);
  expect(await probe.isReachable()).toBe(true);
});

test('a store that does not answer in time is unreachable, and is not asked again meanwhile', async () => {
  jest.useFakeTimers({ doNotFake: ['performance'] });
  let answer: (() => void) | undefined;
  const { probe, asked } = probed(() => new Promise<void>((resolve) => (answer = resolve)));
  for (let time = 0; time < 3; time += 1) {
    const reached = probe.isReachable();
    await jest.advanceTimersByTimeAsync(PATIENCE_MS);
    expect(await reached).toBe(false);
  }
  expect(asked()).toBe(1);
  answer?.();
  expect(await probe.isReachable()).toBe(true);
  expect(asked()).toBe(1);
});
