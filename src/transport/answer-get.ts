import type { CorsOptions } from '../app';
import { preflightHeaders } from './cors';
import { emptyAnswer, jsonAnswer, type HttpAnswer, type HttpRequest } from './http-answer';
import { MethodNotAllowedError } from './http-error';

const METHODS = 'GET, HEAD, OPTIONS';

/**
 * Answers requests to a read-only path. `read` is called for `GET` and `HEAD` only; the answer is not cached.
 *
 * @throws ChatError to be answered instead
 */
export async function answerGet(
  { method, header }: Pick<HttpRequest<unknown>, 'method' | 'header'>,
  cors: CorsOptions | undefined,
  read: () => Promise<{ status: number; text: string }>,
): Promise<HttpAnswer> {
  if (method === 'OPTIONS') {
    return emptyAnswer(204, { ...preflightHeaders(cors, header, METHODS), allow: METHODS });
  }
  if (method !== 'GET' && method !== 'HEAD') {
    throw new MethodNotAllowedError(`This path takes ${METHODS}.`, METHODS);
  }
  const { status, text } = await read();
  const { headers, body } = jsonAnswer(text);
  const own = { 'content-length': String(Buffer.byteLength(text)), 'cache-control': 'no-store' };
  return { status, headers: { ...headers, ...own }, body: method === 'HEAD' ? { kind: 'none' } : body };
}
