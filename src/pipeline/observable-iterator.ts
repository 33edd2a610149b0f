import type { Subscribable } from '../context';
import { holdPromises } from '../errors';
import { BUFFER_LIMIT, overflowError, type Gate } from './deliver';

interface Waiter<T> {
  resolve: (result: IteratorResult<T, undefined>) => void;
  reject: (error: unknown) => void;
}

/**
 * Pulls from an Observable. With a gate that the source observes, the source moves only while a value is
 * awaited. Without one, the source cannot be slowed, so the buffer is capped: buffered values are returned
 * before the overflow error.
 */
export class ObservableIterator<T> implements AsyncIterableIterator<T, undefined> {
  private readonly buffer: T[] = [];
  private waiter: Waiter<T> | undefined;
  private subscription: { unsubscribe(): void } | undefined;
  private ending: { error: unknown } | 'complete' | undefined;

  /** @param source dropped once it is subscribed to; a foreign one may return no subscription */
  constructor(
    private source: Subscribable<T> | undefined,
    private readonly gate?: Gate,
  ) {
    gate?.hold();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    return new Promise((resolve, reject) => {
      this.waiter = { resolve, reject };
      if (this.settleFromBuffer()) return;
      this.gate?.release();
      this.subscribe();
    });
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.end('complete');
    this.buffer.length = 0;
    this.settleFromBuffer();
    return { done: true, value: undefined };
  }

  private subscribe(): void {
    const { source } = this;
    if (source === undefined) return;
    this.source = undefined;
    this.subscription = source.subscribe({
      next: (value) => this.push(value),
      error: (error) => this.end({ error }),
      complete: () => this.end('complete'),
    });
    // A synchronous source may have ended before its subscription was known.
    if (this.ending !== undefined) this.giveUp();
  }

  private push(value: T): void {
    if (this.ending !== undefined) return;
    if (this.buffer.length >= BUFFER_LIMIT) {
      this.end({ error: overflowError(BUFFER_LIMIT) });
      return;
    }
    this.buffer.push(value);
    if (this.gate?.isOpen === true) this.gate.hold();
    if (!this.settleFromBuffer()) holdPromises(value); // it waits
  }

  private end(ending: { error: unknown } | 'complete'): void {
    if (this.ending !== undefined) return;
    this.ending = ending;
    this.settleFromBuffer();
    this.giveUp();
  }

  /** Called from timers and sockets of the source, so it must not throw. */
  private giveUp(): void {
    try {
      this.subscription?.unsubscribe();
    } catch (error) {
      holdPromises(error);
      // The source has ended in any case; an error of its unsubscribe does not matter.
    }
  }

  private settleFromBuffer(): boolean {
    const { waiter } = this;
    if (waiter === undefined) return false;
    if (this.buffer.length > 0) {
      this.waiter = undefined;
      waiter.resolve({ done: false, value: this.buffer.shift() as T });
      return true;
    }
    if (this.ending === undefined) return false;
    this.waiter = undefined;
    if (this.ending === 'complete') waiter.resolve({ done: true, value: undefined });
    else waiter.reject(this.ending.error);
    return true;
  }
}
