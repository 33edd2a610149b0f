import { ChatError } from '../errors';

/** Valid values of `error.type`: a code or a name, not free text. */
const WORD = /^[\w.-]{1,100}$/;

/** The code of an error, or the name of its class. Never its message, which may contain user text. */
export function errorType(failure: unknown): string {
  if (typeof failure !== 'object' || failure === null) return '_OTHER';
  const { code, name } = failure as { code?: unknown; name?: unknown };
  for (const word of [code, name]) if (typeof word === 'string' && WORD.test(word)) return word;
  return '_OTHER';
}

/** Whether the server failed, rather than the client, by an invalid request or by disconnecting. */
export function isServerFault(failure: unknown): boolean {
  return !(failure instanceof ChatError) || (failure.status >= 500 && failure.code !== 'client_left');
}
