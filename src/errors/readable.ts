import { ChatError } from './chat-error';
import { holdPromises } from './held';
import { notePlace, placeOf } from './where';

/** The fields that are read when an error is sent to the client and logged. */
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
 * Returns a thrown value if its fields can be read; otherwise an error that says that they cannot. Proxies
 * and getters run code of the application, which must not throw while an error is answered.
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
    // answered below
  }
  const unreadable = new Error('What was thrown cannot be read: it is a Proxy, or has a getter that throws.');
  notePlace(unreadable, placeOf(thrown));
  return unreadable;
}

/** The message of a thrown value. Never throws. */
export function messageOf(thrown: unknown): string {
  const error = readable(thrown);
  if (error instanceof Error) return error.message;
  try {
    return String(error);
  } catch {
    return 'a value without a text';
  }
}
