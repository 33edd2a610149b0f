/** A value now, or a promise of it: a store in memory need not pay for promises. */
export type Awaitable<T> = T | Promise<T>;

export function isPromise<T>(value: Awaitable<T>): value is Promise<T>;
export function isPromise(value: unknown): value is PromiseLike<unknown>;
export function isPromise(value: unknown): boolean {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return false;
  // Read, not asked for by `in`, which V8 looks up anew each time where objects are of many shapes.
  return typeof (value as { then?: unknown }).then === 'function';
}

/**
 * Goes on at once where the value is there already: a store in memory then costs no turn of the event
 * loop. What has a `then` of its own, as query builders have, is made a promise first.
 */
export function chain<T, R>(value: Awaitable<T>, next: (value: T) => Awaitable<R>): Awaitable<R> {
  return isPromise(value) ? Promise.resolve(value).then(next) : next(value);
}

/** Calls `cleanup` where work fails, at once or later, and hands the error on. */
export function onFailure<T>(work: () => Awaitable<T>, cleanup: () => void): Awaitable<T> {
  const failed = (error: unknown): never => {
    cleanup();
    throw error;
  };
  let result: Awaitable<T>;
  try {
    result = work();
  } catch (error) {
    return failed(error);
  }
  return isPromise(result) ? Promise.resolve(result).then(undefined, failed) : result;
}
