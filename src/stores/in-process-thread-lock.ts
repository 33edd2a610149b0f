import { type AcquireOptions, type ReleaseLock, type ThreadLock } from '../store';

/** The longest delay of a timer; with a longer one it would fire at once. */
const MAX_DELAY = 2_147_483_647;

/** Called once with the lock, when it is this waiter's turn. */
type Waiter = (release: ReleaseLock) => void;

/**
 * A {@link ThreadLock} for a server of one process: one queue per key, first come, first served. A free lock
 * is returned at once, without a promise.
 *
 * @example
 * const release = await lock.acquire(threadId, { waitMs: 30_000, signal });
 * if (release === null) throw new ConflictError('Another run is in progress.');
 * try { await run(); } finally { release(); }
 */
export class InProcessThreadLock implements ThreadLock {
  /** The keys whose lock is held, each with its waiters. */
  readonly #queues = new Map<string, Set<Waiter>>();

  acquire(key: string, options: AcquireOptions): ReleaseLock | null | Promise<ReleaseLock | null> {
    if (options.signal?.aborted === true) return null;
    const queue = this.#queues.get(key);
    if (queue !== undefined) return options.waitMs > 0 ? wait(queue, options) : null;
    this.#queues.set(key, new Set());
    return this.#hold(key);
  }

  /** The release function for the key's current holder. */
  #hold(key: string): ReleaseLock {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#passOn(key);
    };
  }

  #passOn(key: string): void {
    const queue = this.#queues.get(key);
    const next = queue?.values().next().value;
    if (next === undefined) {
      this.#queues.delete(key);
    } else {
      next(this.#hold(key));
    }
  }
}

/** Resolves with the lock when its turn comes, or `null` when time is up or the signal aborts. */
function wait(queue: Set<Waiter>, { waitMs, signal }: AcquireOptions): Promise<ReleaseLock | null> {
  return new Promise((resolve) => {
    const settle = (release: ReleaseLock | null): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      queue.delete(settle);
      resolve(release);
    };
    const giveUp = (): void => settle(null);
    const timer = setTimeout(giveUp, Math.min(waitMs, MAX_DELAY));
    timer.unref(); // waiting for a lock does not keep the process alive
    signal?.addEventListener('abort', giveUp);
    queue.add(settle);
  });
}
