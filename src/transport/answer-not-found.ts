import type { CorsOptions } from '../app';
import { NotFoundError } from '../errors';
import { isPreflight, preflightHeaders } from './cors';
import type { HttpAnswer, HttpQuestion } from './http-answer';

/**
 * Answers for a path where nothing is. A preflight is granted all the same: a page of an allowed origin
 * is to read the 404 of the request itself, and not "blocked by CORS".
 *
 * @throws NotFoundError
 */
export function answerNotFound(
  message: string,
  { method, header }: Pick<HttpQuestion<unknown>, 'method' | 'header'>,
  cors: CorsOptions | undefined,
): HttpAnswer {
  if (isPreflight(method, header)) {
    const headers = preflightHeaders(cors, header);
    if ('access-control-allow-origin' in headers) return { status: 204, headers, body: undefined };
  }
  throw new NotFoundError(message);
}
