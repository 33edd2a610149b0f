import type { CorsOptions } from '../app';
import { NotFoundError } from '../errors';
import { isPreflight, preflightHeaders } from './cors';
import { emptyAnswer, type HttpAnswer, type HttpRequest } from './http-answer';

/**
 * Answers a request to an unknown path. A preflight is granted nevertheless, so that a page of an allowed
 * origin sees the 404 of the request itself instead of "blocked by CORS".
 *
 * @throws NotFoundError
 */
export function answerNotFound(
  message: string,
  { method, header }: Pick<HttpRequest<unknown>, 'method' | 'header'>,
  cors: CorsOptions | undefined,
): HttpAnswer {
  if (isPreflight(method, header)) {
    const headers = preflightHeaders(cors, header, 'POST');
    if ('access-control-allow-origin' in headers) return emptyAnswer(204, headers);
  }
  throw new NotFoundError(message);
}
