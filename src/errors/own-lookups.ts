import { NotFoundError } from './chat-error';

const lookups = new WeakSet<object>();

/** What the client gets if the application's own code looked up an object that does not exist. */
export const NOT_FOUND = 'What was asked for was not found.';

/**
 * Calls a store for the application's own code. A `NotFoundError` is marked as a lookup by the application,
 * not by the request: its message names an id that the user may never have seen, so it goes only to the log.
 */
export async function ownLookup<T>(ask: () => T | Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof NotFoundError) lookups.add(error);
    throw error;
  }
}

/** Whether an error was thrown by {@link ownLookup}. */
export function isOwnLookup(error: unknown): boolean {
  return error instanceof NotFoundError && lookups.has(error);
}
