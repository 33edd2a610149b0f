import type { CorsOptions } from '../app';
import { preflightHeaders } from './cors';
import { emptyAnswer, jsonAnswer, type HttpAnswer, type HttpRequest } from './http-answer';
import { MethodNotAllowedError } from './http-error';

const METHODS = 'GET, HEAD, OPTIONS';

/** Whether a URL, relative to the chat's mount, is that of the registry; of a whole URL, its end. */
export function isRegistryUrl(url: string, mount: 'known' | 'unknown' = 'known'): boolean {
  return (mount === 'known' ? /^\/actions\/?(?:\?|$)/ : /^[^?]*\/actions\/?(?:\?|$)/).test(url);
}

/**
 * Serves the registry to people and tools, while an application is being developed.
 *
 * @throws ChatError what is to be answered instead
 */
export function answerRegistry(
  registry: () => unknown,
  { method, header }: Pick<HttpRequest<unknown>, 'method' | 'header'>,
  cors: CorsOptions | undefined,
): HttpAnswer {
  if (method === 'OPTIONS') {
    return emptyAnswer(204, { ...preflightHeaders(cors, header, METHODS), allow: METHODS });
  }
  if (method !== 'GET' && method !== 'HEAD') {
    throw new MethodNotAllowedError(`This path takes ${METHODS}.`, METHODS);
  }
  const text = JSON.stringify(registry(), undefined, 2);
  const { status, headers, body } = jsonAnswer(text);
  const own = { 'content-length': String(Buffer.byteLength(text)), 'cache-control': 'no-store' };
  return { status, headers: { ...headers, ...own }, body: method === 'HEAD' ? { kind: 'none' } : body };
}
