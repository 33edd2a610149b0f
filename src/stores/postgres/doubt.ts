import { setTimeout as sleep } from 'node:timers/promises';
import { lockUnknown } from './failures';

/** The time in which it is not known which locks this process still has. */
export class Doubt {
  /** Rejects if it lasts too long. */
  readonly over: Promise<void>;
  readonly #known = new AbortController();

  constructor(patienceMs: number) {
    const { signal } = this.#known;
    this.over = sleep(patienceMs, undefined, { signal, ref: false }).then(
      () => {
        throw lockUnknown();
      },
      () => undefined, // it has ended
    );
    this.over.catch(() => undefined); // there may be no write that waits for it
  }

  end(): void {
    this.#known.abort();
  }
}
