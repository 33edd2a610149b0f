import { NotFoundError } from './chat-error';

const lookups = new WeakSet<object>();

/** What a user reads where the application's own code asked for something that is not there. */
export const NOT_FOUND = 'What was asked for was not found.';

/**
 * Asks a store on behalf of the application's own code. What is not there is noted as its question, and
 * not the request's: the store's text names an id that the user may never have seen, and is for the log.
 */
export async function ownLookup<T>(ask: () => T | Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof NotFoundError) lookups.add(error);
    throw error;
  }
}

/** Whether an error comes of {@link ownLookup}. */
export function isOwnLookup(error: unknown): boolean {
  return error instanceof NotFoundError && lookups.has(error);
}
