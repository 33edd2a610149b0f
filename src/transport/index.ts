export { corsHeaders, preflightHeaders } from './cors';
export type { HeaderReader } from './cors';
export { Heartbeat } from './heartbeat';
export { MethodNotAllowedError, toHttpError } from './http-error';
export type { HttpError } from './http-error';
export { assertJson, assertSize, bodyTooLarge, parseJson } from './json-body';
export { localeFrom, requestIdFrom } from './request-info';
export { SSE_HEADERS, SseSink } from './sse-sink';
export type { SsePort } from './sse-sink';
