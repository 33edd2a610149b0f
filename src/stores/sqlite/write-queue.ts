import { performance } from 'node:perf_hooks';

import { storeBusy } from '../store-errors';
import { type Outcome, type Work } from './commit-together';
import { Pauses } from './pauses';

interface Waiting {
  work: Work;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
  /** When it has waited long enough for a lock, by the monotonic clock. */
  deadline: number;
}

/** A commit keeps the event loop to itself: 256 writes take about 5 ms. The rest has the next turn. */
const LARGEST_GROUP = 256;

export interface WriteQueueOptions {
  /**
   * Executes writes in one transaction: once it has returned, they are committed.
   *
   * @param isAll whether no other writes wait
   */
  commit: (works: readonly Work[], isAll: boolean) => Outcome[];
  isBusy: (error: unknown) => boolean;
  timeoutMs: number;
}

/**
 * The writes of a store. Those that come in one turn of the event loop are executed at the end of the
 * turn, in the order of arrival and in one transaction: a transaction costs more than the writes in it.
 * Its lock is held in no other code, so other processes get it between two turns.
 *
 * Where another process holds the lock, the writes wait, later ones behind earlier ones, and the event
 * loop goes on: SQLite itself would wait with the whole process.
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
   * The result of `work` when that is committed. An error that `work` throws concerns it alone; when the
   * commit fails, all that was to be committed is rejected, and none of it is stored.
   *
   * @param work may be called several times
   * @throws UnavailableError `store_busy` when another process held the lock for as long as it may wait
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

  /** Commits what waits, or gives it up where that cannot be done now. */
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

  /** Commits the first ones. Whether a lock was not in the way. */
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

  /** Those that came first have waited longest. */
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
