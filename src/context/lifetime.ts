import { AsyncResource } from 'node:async_hooks';
import { setMaxListeners } from 'node:events';
import { UnavailableError } from '../errors';
import { isPromise, type Awaitable } from '../store';

/** The longest delay that a timer takes, in milliseconds. */
const MAX_DELAY = 2 ** 31 - 1;

/**
 * How long a request lives: from its arrival until its answer or its run has ended, its client has
 * left, its deadline has passed, or the server stops. Everything that waits on behalf of a request
 * waits by it. What is not used is not made: most requests need neither a signal nor a listener.
 */
export class Lifetime {
  /** The async context in which the request arrived: what `AsyncLocalStorage` holds there. */
  private readonly scope = new AsyncResource('chatkit-controllers.request');
  private cause: Error | undefined;
  private controller: AbortController | undefined;
  private timer: NodeJS.Timeout | undefined;
  private listeners: Set<(reason: Error) => void> | undefined;

  get aborted(): boolean {
    return this.cause !== undefined;
  }

  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      setMaxListeners(0, this.controller.signal); // as many as the handler has tasks at once
      if (this.cause !== undefined) this.controller.abort(this.cause);
    }
    return this.controller.signal;
  }

  /** Ends it. The first reason stands. */
  abort(reason: Error): void {
    if (this.cause !== undefined) return;
    this.cause = reason;
    this.end();
    const { listeners } = this;
    this.listeners = undefined;
    // Sockets, timers and other requests end it from contexts of their own.
    this.run(() => {
      this.controller?.abort(reason);
      for (const listener of listeners ?? []) listener(reason);
    });
  }

  /** Calls a function in the request's async context. */
  run<T>(work: () => T): T {
    return this.scope.runInAsyncScope(work);
  }

  throwIfAborted(): void {
    if (this.cause !== undefined) throw this.cause;
  }

  /** Sets the deadline, or sets it anew. */
  expireIn(ms: number): void {
    clearTimeout(this.timer);
    if (this.cause !== undefined) return;
    this.timer = setTimeout(() => this.abort(tookTooLong(ms)), Math.min(ms, MAX_DELAY)).unref();
  }

  /** The request has been answered: there is no deadline any more. */
  end(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Calls `listener` once, when it is aborted; at once where it is already. Returns how to stop listening. */
  onAbort(listener: (reason: Error) => void): () => void {
    if (this.cause === undefined) (this.listeners ??= new Set()).add(listener);
    else listener(this.cause);
    return () => void this.listeners?.delete(listener);
  }

  /**
   * What `work` comes to, unless this ends first: then its reason is thrown, and what becomes of the
   * work does not matter. Nothing is left behind when the work is done.
   */
  until<T>(work: Awaitable<T>): Awaitable<T> {
    if (!isPromise(work)) return work;
    return new Promise<T>((resolve, reject) => {
      const forget = this.onAbort(reject);
      void Promise.resolve(work).then(resolve, reject).then(forget);
    });
  }
}

function tookTooLong(ms: number): UnavailableError {
  return new UnavailableError(`This took longer than ${String(ms / 1000)} s.`);
}
