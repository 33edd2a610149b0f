interface Pulse {
  /** The last beat seen. */
  beat: number;
  /** When that beat was first seen without a gap since, by the monotonic clock. */
  since: number;
  lookedAt: number;
}

/**
 * Tells which processes are alive by watching their beats change. It does not rely on times that other
 * processes write, as clocks differ and may be set. If two looks are too far apart, because the store was
 * unreachable meanwhile, an unchanged beat proves nothing.
 */
export class Pulses {
  private readonly byName = new Map<string, Pulse>();

  /** `lifeMs`: how long a beat may stay the same; `lookMs`: how far looks may be apart. */
  constructor(private readonly limits: { readonly lifeMs: number; readonly lookMs: number }) {}

  /**
   * Whether a process is still alive, as far as is known.
   *
   * @param beat changes with each sign of life; `undefined` if the process has given up its lease
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
