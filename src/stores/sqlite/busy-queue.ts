import { performance } from 'node:perf_hooks';

import { type Awaitable } from '../../store';
import { storeBusy } from '../store-errors';
import { Pauses } from './pauses';

interface Waiting {
  work: () => unknown;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
  /** When it has waited long enough, by the monotonic clock. */
  deadline: number;
}

/**
 * Work that met a lock of another process. It is tried again in the order of arrival, and the event
 * loop goes on meanwhile: SQLite itself would wait with the whole process.
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
   * The result of `work`, at once where nothing is in its way and nothing waits already.
   *
   * @throws UnavailableError `store_busy` when the lock was held for as long as it may wait
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

  /** Gives up all that waits. */
  close(): void {
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('The store was closed.'));
  }

  /** Takes the first. Each has a turn of the event loop of its own: many may have come together. */
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

  /** Whether it waits no more. */
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
