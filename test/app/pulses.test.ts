import { Pulses } from '../../src/app/pulses';

describe('Pulses', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const pulses = () => new Pulses({ lifeMs: 15, lookMs: 10 });
  const wait = (ms: number) => jest.advanceTimersByTime(ms);

  it('takes one for alive whose beat it sees for the first time, however old that is', () => {
    expect(pulses().isAlive('a', 7)).toBe(true);
  });

  it('takes one for dead when its beat has stayed the same for its life', () => {
    const seen = pulses();
    const looks = [5, 5, 5, 5].map((ms) => {
      const alive = seen.isAlive('a', 1);
      wait(ms);
      return alive;
    });
    expect(looks).toEqual([true, true, true, false]);
    expect(seen.isAlive('a', 2)).toBe(true); // it had stood still
  });

  it('takes one for dead at once that has given itself up', () => {
    const seen = pulses();
    expect(seen.isAlive('a', 1)).toBe(true);
    expect(seen.isAlive('a', undefined)).toBe(false);
  });

  it('begins anew when it could not look for long: others may not have been able to give a sign of life either', () => {
    const seen = pulses();
    expect(seen.isAlive('a', 1)).toBe(true);
    wait(1000);
    expect(seen.isAlive('a', 1)).toBe(true);
    wait(10);
    expect(seen.isAlive('a', 1)).toBe(true);
    wait(5);
    expect(seen.isAlive('a', 1)).toBe(false);
  });

  it('does not care for the time of day', () => {
    const seen = pulses();
    for (const hours of [0, -24, 24]) {
      jest.setSystemTime(Date.now() + hours * 3_600_000);
      expect(seen.isAlive('a', 1)).toBe(true);
    }
  });
});
