import { UnavailableError } from '../../errors';
import { type Awaitable } from '../../store';

/** How long to wait before the next try, in milliseconds: the longer a lock is held, the seldomer. */
const DELAYS = [1, 2, 5, 10, 15, 20, 25, 50] as const;

interface Waiting {
  /** Tries once: `false` when the lock is still held. */
  attempt: () => boolean;
  reject: (error: unknown) => void;
  /** In milliseconds since the epoch. */
  deadline: number;
  /** Why it waits. */
  cause: unknown;
}

/**
 * Work that met a lock of another process. It is tried again in the order of arrival, and the event
 * loop goes on meanwhile: SQLite itself would wait with the whole process.
 */
export class BusyQueue {
  readonly #isBusy: (error: unknown) => boolean;
  readonly #timeoutMs: number;
  readonly #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  #tries = 0;

  constructor(isBusy: (error: unknown) => boolean, timeoutMs: number) {
    this.#isBusy = isBusy;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * The result of `work`, at once where nothing is in its way and nobody waits already.
   *
   * @throws UnavailableError `store_busy` when the lock is held for too long
   */
  run<T>(work: () => T): Awaitable<T> {
    let cause: unknown;
    if (this.#waiting.length === 0) {
      try {
        return work();
      } catch (error) {
        if (!this.#isBusy(error)) throw error;
        cause = error;
      }
    }
    return new Promise<T>((resolve, reject) => {
      const waiting: Waiting = {
        reject,
        cause,
        deadline: Date.now() + this.#timeoutMs,
        attempt: () => {
          try {
            resolve(work());
          } catch (error) {
            if (this.#isBusy(error)) {
              waiting.cause = error;
              return false;
            }
            waiting.reject(error);
          }
          return true;
        },
      };
      this.#waiting.push(waiting);
      this.#schedule();
    });
  }

  /** Gives up all that waits. */
  close(): void {
    clearTimeout(this.#timer);
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('The store was closed.'));
  }

  #schedule(): void {
    this.#timer ??= setTimeout(
      () => this.#try(),
      DELAYS[Math.min(this.#tries, DELAYS.length - 1)] ?? DELAYS[0],
    );
  }

  #try(): void {
    this.#timer = undefined;
    this.#tries += 1;
    for (let [first] = this.#waiting; first !== undefined; [first] = this.#waiting) {
      if (first.attempt()) this.#tries = 0;
      else if (Date.now() >= first.deadline) first.reject(tooBusy(first.cause));
      else {
        this.#schedule();
        return;
      }
      this.#waiting.shift();
    }
    this.#tries = 0;
  }
}

function tooBusy(cause: unknown): UnavailableError {
  return new UnavailableError('The chat is busy. Try again in a moment.', {
    code: 'store_busy',
    allowRetry: true,
    cause,
  });
}
