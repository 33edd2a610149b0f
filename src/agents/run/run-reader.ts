import { setImmediate } from 'node:timers/promises';
import type { Awaitable } from '../../store';

/** What there is to do next: an event of the run, its end, its error, or something else has come in. */
export type Step<T> =
  | { readonly type: 'event'; readonly event: T }
  | { readonly type: 'end' }
  | { readonly type: 'error'; readonly error: unknown }
  | { readonly type: 'woken' };

const END = { type: 'end' } as const;
const WOKEN = { type: 'woken' } as const;

/**
 * Reads a run one event at a time, and can be woken meanwhile. (`Promise.race` would leave a reaction
 * behind for each event on what it never comes to.)
 */
export class RunReader<T> {
  private readonly iterator: AsyncIterator<T>;
  private reading = false;
  private step: Step<T> | undefined;
  private isWoken = false;
  private resume: ((step: Step<T>) => void) | undefined;

  constructor(source: AsyncIterable<T>) {
    this.iterator = source[Symbol.asyncIterator]();
  }

  /** The next step: what has been read, or `woken` when {@link wake} was called first. */
  next(): Awaitable<Step<T>> {
    this.read();
    if (this.step !== undefined || this.isWoken) return this.take();
    return new Promise((resolve) => (this.resume = resolve));
  }

  /** Whether the run has something to read, or has come to an end: told after a turn of the event loop. */
  async hasMore(): Promise<boolean> {
    this.read();
    if (this.step === undefined) await setImmediate();
    return this.step !== undefined;
  }

  readonly wake = (): void => {
    const { resume } = this;
    this.isWoken = true; // also where nothing waits yet: a source may wake while it is asked
    if (resume === undefined) return;
    this.resume = undefined;
    resume(this.take());
  };

  /** Leaves the run. It is not waited for: it may never come to an end. */
  leave(): void {
    try {
      const left = this.iterator.return?.();
      left?.then(undefined, () => undefined);
    } catch {
      // It has ended, one way or another.
    }
  }

  private take(): Step<T> {
    const { step = WOKEN } = this;
    this.isWoken = false;
    if (step.type === 'event') this.step = undefined;
    return step;
  }

  private read(): void {
    if (this.reading || this.step !== undefined) return;
    this.reading = true;
    this.iterator.next().then(
      (result) => this.settle(result.done === true ? END : { type: 'event', event: result.value }),
      (error: unknown) => this.settle({ type: 'error', error }),
    );
  }

  private settle(step: Step<T>): void {
    this.reading = false;
    this.step = step;
    this.wake();
  }
}
