import { performance } from 'node:perf_hooks';

import { storeBusy } from '../store-errors';
import { type Outcome, type Work } from './commit-together';
import { Pauses } from './pauses';

interface Waiting {
  work: Work;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
  /** When to stop waiting for a lock, by the monotonic clock. */
  deadline: number;
}

/** A commit blocks the event loop: 256 writes take about 5 ms. The rest waits for the next turn. */
const LARGEST_GROUP = 256;

export interface WriteQueueOptions {
  /**
   * Executes writes in one transaction: when it returns, they are committed.
   *
   * @param isAll whether no other writes wait
   */
  commit: (works: readonly Work[], isAll: boolean) => Outcome[];
  isBusy: (error: unknown) => boolean;
  timeoutMs: number;
}

/**
 * The writes of a store. Those of one turn of the event loop are executed at its end, in the order of arrival
 * and in one transaction: a transaction costs more than the writes in it. The lock is never held across
 * turns, so other processes can get it in between.
 *
 * While another process holds the lock, the writes wait in order, and the event loop goes on: SQLite's own
 * wait would block the whole process.
 */
export class WriteQueue {
  readonly #options: WriteQueueOptions;
  #waiting: Waiting[] = [];
  readonly #pauses = new Pauses();
  #isScheduled = false;

  constructor(options: WriteQueueOptions) {
    this.#options = options;
  }

  /**
   * Resolves with the result of `work` when it is committed. An error that `work` throws rejects only this
   * write. If the commit fails, all writes in it are rejected, and none is stored.
   *
   * @param work may be called several times
   * @throws UnavailableError `store_busy` when another process held the lock until the timeout
   */
  add<T>(work: Work<T>): Promise<T> {
    const deadline = performance.now() + this.#options.timeoutMs;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ work, resolve: resolve as Waiting['resolve'], reject, deadline });
      if (this.#isScheduled) return;
      this.#isScheduled = true;
      setImmediate(this.#turn);
    });
  }

  /** Commits the waiting writes, or rejects them if that is not possible now. */
  close(): void {
    while (this.#waiting.length > 0 && this.#commit());
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('The store was closed.'));
  }

  readonly #turn = (): void => {
    const isDone = this.#commit();
    if (isDone) this.#pauses.reset();
    this.#isScheduled = this.#waiting.length > 0;
    if (!this.#isScheduled) return;
    if (isDone) setImmediate(this.#turn);
    else this.#pauses.schedule(this.#turn);
  };

  /** Commits the first writes. Returns `false` if a lock was in the way. */
  #commit(): boolean {
    const all = this.#waiting;
    if (all.length === 0) return true;
    const group = all.slice(0, LARGEST_GROUP);
    let outcomes: Outcome[];
    try {
      outcomes = this.#options.commit(
        group.map(({ work }) => work),
        group.length === all.length,
      );
    } catch (error) {
      if (this.#options.isBusy(error)) {
        this.#refuseLate(error);
        return false;
      }
      outcomes = group.map(() => ({ error }));
    }
    this.#waiting = all.slice(group.length);
    for (const [index, outcome] of outcomes.entries()) settle(group[index], outcome);
    return true;
  }

  /** Rejects the writes whose time is up. They come first, because they have waited longest. */
  #refuseLate(error: unknown): void {
    const now = performance.now();
    const onTime = this.#waiting.findIndex(({ deadline }) => now < deadline);
    const late = this.#waiting.splice(0, onTime === -1 ? Infinity : onTime);
    for (const { reject } of late) reject(storeBusy(this.#options.timeoutMs, error));
  }
}

function settle(waiting: Waiting | undefined, outcome: Outcome): void {
  if ('error' in outcome) waiting?.reject(outcome.error);
  else waiting?.resolve(outcome.value);
}
