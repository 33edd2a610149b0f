import { ChatError } from '../errors';

/** What may be the value of `error.type`: a code or a name, and no text. */
const WORD = /^[\w.-]{1,100}$/;

/** The code of an error, or the name of its class. Never its message, which may hold what a user wrote. */
export function errorType(failure: unknown): string {
  if (typeof failure !== 'object' || failure === null) return '_OTHER';
  const { code, name } = failure as { code?: unknown; name?: unknown };
  for (const word of [code, name]) if (typeof word === 'string' && WORD.test(word)) return word;
  return '_OTHER';
}

/** Whether the server has failed, and not the client: by a request that is refused, or by leaving. */
export function isServerFault(failure: unknown): boolean {
  return !(failure instanceof ChatError) || (failure.status >= 500 && failure.code !== 'client_left');
}
