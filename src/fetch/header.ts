import type { HeaderReader } from '../transport';

/** Reads a request's headers. Not every host leaves `Host` among them. */
export function headerOf(request: Request): HeaderReader {
  return (name) => request.headers.get(name) ?? (name === 'host' ? new URL(request.url).host : undefined);
}
