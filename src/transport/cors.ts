import type { CorsOptions } from '../app';

/** Reads a request header by its lower-case name. */
export type HeaderReader = (name: string) => string | undefined;

/** The headers that let a page of an allowed origin read the response; other origins get no permission. */
export function corsHeaders(options: CorsOptions | undefined, header: HeaderReader): Record<string, string> {
  if (options === undefined) return {};
  const origin = header('origin');
  const vary = { vary: 'Origin' };
  if (origin === undefined || !isAllowed(options, origin)) return vary;
  return {
    ...vary,
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'x-request-id, retry-after',
    ...(options.credentials === true ? { 'access-control-allow-credentials': 'true' } : {}),
  };
}

/** The headers that answer a preflight. All requested headers are allowed. */
export function preflightHeaders(
  options: CorsOptions | undefined,
  header: HeaderReader,
  methods: string,
): Record<string, string> {
  const headers = corsHeaders(options, header);
  if (!('access-control-allow-origin' in headers)) return headers;
  const asked = header('access-control-request-headers');
  const method = header('access-control-request-method');
  // A method that this path does not support is allowed too, so that the page can read the 405.
  const more = method === undefined || methods.split(', ').includes(method) ? '' : `, ${method}`;
  return {
    ...headers,
    vary: 'Origin, Access-Control-Request-Headers',
    'access-control-allow-methods': methods + more,
    ...(asked === undefined ? {} : { 'access-control-allow-headers': asked }),
    'access-control-max-age': '600',
  };
}

/** Whether a request is a CORS preflight. */
export function isPreflight(method: string, header: HeaderReader): boolean {
  return method === 'OPTIONS' && header('access-control-request-method') !== undefined;
}

/** Whether pages of an origin may send requests. */
export function isAllowed({ origins }: CorsOptions, origin: string): boolean {
  if (origins === '*') return true;
  return typeof origins === 'function' ? origins(origin) : origins.includes(origin);
}
