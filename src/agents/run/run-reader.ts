import { setImmediate } from 'node:timers/promises';
import type { Awaitable } from '../../store';

/** The next step: an event of the run, its end, its error, or `woken` because something else has arrived. */
export type Step<T> =
  | { readonly type: 'event'; readonly event: T }
  | { readonly type: 'end' }
  | { readonly type: 'error'; readonly error: unknown }
  | { readonly type: 'woken' };

const END = { type: 'end' } as const;
const WOKEN = { type: 'woken' } as const;

/**
 * Reads a run one event at a time, and can be woken meanwhile. `Promise.race` would add, for each event, a
 * reaction to the other promise that is never released.
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

  /** Returns what has been read, or `woken` if {@link wake} was called first. */
  next(): Awaitable<Step<T>> {
    this.read();
    if (this.step !== undefined || this.isWoken) return this.take();
    return new Promise((resolve) => (this.resume = resolve));
  }

  /** Whether the run has an event, or has ended. Waits one turn of the event loop if neither is known yet. */
  async hasMore(): Promise<boolean> {
    this.read();
    if (this.step === undefined) await setImmediate();
    return this.step !== undefined;
  }

  readonly wake = (): void => {
    const { resume } = this;
    this.isWoken = true; // even if nothing waits yet: a source may wake it while it is being read
    if (resume === undefined) return;
    this.resume = undefined;
    resume(this.take());
  };

  /** Stops reading. Does not wait for the run, which may never end. */
  leave(): void {
    try {
      const left = this.iterator.return?.();
      left?.then(undefined, () => undefined);
    } catch {
      // The run has ended anyway.
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
