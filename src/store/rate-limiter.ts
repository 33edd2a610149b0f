/**
 * Counts what an owner asks for. Limiters of the package `rate-limiter-flexible` are of this kind:
 * in memory, on Redis and others.
 */
export interface RateLimiter {
  /**
   * Resolves when an owner may have so many points more.
   *
   * @throws (rejects with) {@link LimitReached} when it may not now
   */
  consume(owner: string, points: number): Promise<unknown>;
}

/** What a {@link RateLimiter} rejects with that lets an owner wait. Anything else is a failure of its own. */
export interface LimitReached {
  /** In milliseconds. */
  readonly msBeforeNext: number;
}
