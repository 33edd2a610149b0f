interface Pulse {
  /** The last one seen. */
  beat: number;
  /** Since when it was the same whenever it was looked at, by the monotonic clock. */
  since: number;
  lookedAt: number;
}

/**
 * Tells who lives by seeing beats change. Times that others write are not believed, as clocks differ and are
 * set; and what happens between two looks that are far apart, while the store was away, proves nothing.
 */
export class Pulses {
  private readonly byName = new Map<string, Pulse>();

  /** `lifeMs`: how long a beat may stay the same; `lookMs`: how far looks may be apart. */
  constructor(private readonly limits: { readonly lifeMs: number; readonly lookMs: number }) {}

  /**
   * Whether one still lives, as far as can be told by now.
   *
   * @param beat another one with each sign of life; `undefined` when it has given itself up
   */
  isAlive(name: string, beat: number | undefined): boolean {
    if (beat === undefined) {
      this.byName.delete(name);
      return false;
    }
    const { lifeMs, lookMs } = this.limits;
    const now = performance.now();
    const seen = this.byName.get(name);
    if (seen?.beat !== beat || now - seen.lookedAt > lookMs) {
      this.byName.set(name, { beat, since: now, lookedAt: now });
      return true;
    }
    seen.lookedAt = now;
    return now - seen.since < lifeMs;
  }
}
