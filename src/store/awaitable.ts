/** A value, or a promise of it. A store in memory returns the value, without the cost of a promise. */
export type Awaitable<T> = T | Promise<T>;

export function isPromise<T>(value: Awaitable<T>): value is Promise<T>;
export function isPromise(value: unknown): value is PromiseLike<unknown>;
export function isPromise(value: unknown): boolean {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return false;
  // A read is faster than `in`, which V8 looks up each time if objects have many shapes.
  return typeof (value as { then?: unknown }).then === 'function';
}

/**
 * Calls `next` at once if `value` is not a promise, so that a store in memory costs no turn of the event
 * loop. Other objects with a `then`, such as query builders, are made a promise first.
 */
export function chain<T, R>(value: Awaitable<T>, next: (value: T) => Awaitable<R>): Awaitable<R> {
  return isPromise(value) ? Promise.resolve(value).then(next) : next(value);
}

/** Calls `cleanup` if `work` throws or rejects, and rethrows the error. */
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
