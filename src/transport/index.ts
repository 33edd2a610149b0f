export { corsHeaders, preflightHeaders } from './cors';
export type { HeaderReader } from './cors';
export { Heartbeat } from './heartbeat';
export { toHttpError } from './http-error';
export type { HttpError } from './http-error';
export { assertJson, assertSize, parseJson } from './json-body';
export { localeFrom, requestIdFrom } from './request-info';
export { SSE_HEADERS, SseSink } from './sse-sink';
export type { SsePort } from './sse-sink';
