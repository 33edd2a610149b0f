import { ChatError } from './chat-error';
import { holdPromises } from './held';
import { notePlace, placeOf } from './where';

/** What is read of an error on its way to the client and into the log. */
const FIELDS = [
  'name',
  'message',
  'stack',
  'code',
  'status',
  'issues',
  'allowRetry',
  'fix',
  'cause',
] as const;

/**
 * A thrown value, if it can be read; else an error that says that it cannot. Proxies and
 * getters run code of their own, which must not throw in the middle of answering.
 */
export function readable(thrown: unknown): unknown {
  if ((typeof thrown !== 'object' || thrown === null) && typeof thrown !== 'function') return thrown;
  holdPromises(thrown);
  try {
    const read = thrown as Record<(typeof FIELDS)[number], unknown>;
    FIELDS.forEach((field) => read[field]);
    Object.getPrototypeOf(thrown); // as `instanceof` does
    if (!(thrown instanceof ChatError)) return thrown;
    JSON.stringify(thrown.issues); // as the answer does
    if (typeof read.message === 'string' && typeof read.code === 'string') return thrown;
  } catch {
    // told below
  }
  const unreadable = new Error('What was thrown cannot be read: it is a Proxy, or has a getter that throws.');
  notePlace(unreadable, placeOf(thrown));
  return unreadable;
}

/** A thrown value as a text. */
export function messageOf(thrown: unknown): string {
  const error = readable(thrown);
  if (error instanceof Error) return error.message;
  try {
    return String(error);
  } catch {
    return 'a value without a text';
  }
}
