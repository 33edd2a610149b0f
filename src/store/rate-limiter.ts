/**
 * Limits the requests of an owner. The limiters of the package `rate-limiter-flexible` implement this
 * interface, in memory, on Redis and others.
 */
export interface RateLimiter {
  /**
   * Takes points from an owner's budget, and resolves if there are enough.
   *
   * @throws (rejects with) {@link LimitReached} when the owner has too few points left
   */
  consume(owner: string, points: number): Promise<unknown>;
}

/**
 * What a {@link RateLimiter} rejects with when the owner must wait. Any other rejection is a failure of the
 * limiter.
 */
export interface LimitReached {
  /** When the owner may try again, in milliseconds from now. */
  readonly msBeforeNext: number;
}
