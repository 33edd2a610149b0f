import { maintenanceScope, type LimitReached, type RateLimiter, type Store } from '../store';

/** Options of {@link StoreRateLimiter}. */
export interface StoreRateLimiterOptions {
  /** How many points an owner has per window. */
  points: number;
  /** How long a window lasts, from the first point that is taken, in milliseconds. */
  windowMs: number;
  /** The name of this limiter, if several share a store; `requests` by default. */
  name?: string;
}

interface Window {
  taken: number;
  /** In milliseconds since the epoch. */
  until: number;
}

/** How often an update is tried, since other processes may change the count first. */
const ATTEMPTS = 20;

/** How long an owner must wait when other processes keep changing the count, in milliseconds. */
const CROWDED_MS = 1000;

/**
 * A {@link RateLimiter} that counts in the owner's values of a store, for all processes that share it. Each
 * call costs a read and a write.
 *
 * @example
 * chatkit({ store, rateLimit: { limiter: new StoreRateLimiter(store, { points: 60, windowMs: 60_000 }) }, … });
 */
export class StoreRateLimiter implements RateLimiter {
  readonly #store: Store;
  readonly #options: StoreRateLimiterOptions;
  readonly #key: string;
  /** By owner: the calls of this process wait for each other, so that none of their writes conflict. */
  readonly #turns = new Map<string, Promise<void>>();

  /** @throws RangeError */
  constructor(store: Store, options: StoreRateLimiterOptions) {
    const { points, windowMs, name = 'requests' } = options;
    if (!(points >= 0)) throw new RangeError(`points is ${String(points)}. Give 0 or more.`);
    if (!(windowMs > 0)) throw new RangeError(`windowMs is ${String(windowMs)}. Give a number above 0.`);
    this.#store = store;
    this.#options = options;
    this.#key = `rate/${name}`;
  }

  async consume(owner: string, points = 1): Promise<void> {
    const before = this.#turns.get(owner);
    const turn =
      before === undefined ? this.#take(owner, points) : before.then(() => this.#take(owner, points));
    const over = turn.then(noop, noop);
    this.#turns.set(owner, over);
    try {
      await turn;
    } finally {
      if (this.#turns.get(owner) === over) this.#turns.delete(owner);
    }
  }

  async #take(owner: string, points: number): Promise<void> {
    const scope = maintenanceScope(owner);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const stored = await this.#store.getValue(scope, this.#key);
      const now = Date.now();
      const window = (stored?.value ?? { taken: 0, until: now + this.#options.windowMs }) as Window;
      // A window that ends later was begun by a clock that was wrong, and has been set back since.
      const until = Math.min(window.until, now + this.#options.windowMs);
      const isOver = window.taken + points > this.#options.points;
      if (isOver && until === window.until) throw limitReached(until - now);
      const next: Window = { taken: isOver ? window.taken : window.taken + points, until };
      const put = { ifVersion: stored?.version ?? 0, expiresAt: until };
      if ((await this.#store.putValue(scope, this.#key, next, put)) === undefined) continue;
      if (isOver) throw limitReached(until - now);
      return;
    }
    throw limitReached(CROWDED_MS);
  }
}

function limitReached(ms: number): Error & LimitReached {
  const msBeforeNext = Math.max(1, ms);
  return Object.assign(new Error(`The rate limit is reached. Try again in ${String(msBeforeNext)} ms.`), {
    msBeforeNext,
  });
}

function noop(): void {
  // the caller of `consume` gets the error
}
