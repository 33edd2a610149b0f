import { types } from 'node:util';

/**
 * Handles the rejection of what a function of the application has returned, if that is a promise: an
 * unhandled one ends the process, and the value is not always awaited. Other code that awaits it still
 * learns of it.
 */
export function held<T>(value: T): T {
  if (types.isPromise(value)) value.catch(() => undefined);
  return value;
}
