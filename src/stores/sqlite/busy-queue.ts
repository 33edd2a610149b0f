import { performance } from 'node:perf_hooks';

import { type Awaitable } from '../../store';
import { storeBusy } from '../store-errors';
import { Pauses } from './pauses';

interface Waiting {
  work: () => unknown;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
  /** When to give up, by the monotonic clock. */
  deadline: number;
}

/**
 * Work that met a lock of another process. It is retried in the order of arrival, while the event loop goes
 * on: SQLite's own wait would block the whole process.
 */
export class BusyQueue {
  readonly #isBusy: (error: unknown) => boolean;
  readonly #timeoutMs: number;
  readonly #waiting: Waiting[] = [];
  readonly #pauses = new Pauses();

  constructor(isBusy: (error: unknown) => boolean, timeoutMs: number) {
    this.#isBusy = isBusy;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Returns the result of `work`, without a promise if no lock is in the way and nothing waits yet.
   *
   * @throws UnavailableError `store_busy` when the lock was held until the timeout
   */
  run<T>(work: () => T): Awaitable<T> {
    if (this.#waiting.length === 0) {
      try {
        return work();
      } catch (error) {
        if (!this.#isBusy(error)) throw error;
      }
    }
    return new Promise((resolve, reject) => {
      const deadline = performance.now() + this.#timeoutMs;
      this.#waiting.push({ work, resolve: resolve as Waiting['resolve'], reject, deadline });
      if (this.#waiting.length === 1) this.#pauses.schedule(this.#next);
    });
  }

  /** Rejects all waiting work. */
  close(): void {
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('The store was closed.'));
  }

  /** Tries the first. Each gets its own turn of the event loop, since many may arrive together. */
  readonly #next = (): void => {
    const [first] = this.#waiting;
    if (first === undefined) return; // the store was closed
    if (!this.#settle(first)) {
      this.#pauses.schedule(this.#next);
      return;
    }
    this.#waiting.shift();
    this.#pauses.reset();
    if (this.#waiting.length > 0) setImmediate(this.#next);
  };

  /** Whether the work no longer waits. */
  #settle({ work, resolve, reject, deadline }: Waiting): boolean {
    try {
      resolve(work());
    } catch (error) {
      const busy = this.#isBusy(error);
      if (busy && performance.now() < deadline) return false;
      reject(busy ? storeBusy(this.#timeoutMs, error) : error);
    }
    return true;
  }
}
