import type { CorsOptions } from '../app';
import { ForbiddenError } from '../errors';
import { isAllowed, type HeaderReader } from './cors';

/**
 * Whether a page of another origin has a browser send this request: then the browser may have added
 * the user's cookies without the user's knowledge. Sibling subdomains are other origins; so are pages
 * that hide theirs (`null`). `X-Forwarded-Host` is not asked: a client can write it.
 */
export function isFromForeignPage(header: HeaderReader): boolean {
  // No page can write this header. It is what the browser sees, whatever proxies make of the host.
  const site = header('sec-fetch-site');
  if (site === 'same-origin') return false;
  if (site !== undefined && site !== 'none') return true;
  const origin = header('origin');
  return origin !== undefined && !isOriginOf(header('host'), origin);
}

/** The scheme is not compared: behind a proxy that ends TLS it is not known. */
function isOriginOf(host: string | undefined, origin: string): boolean {
  if (host === undefined) return false;
  try {
    const { protocol, host: own } = new URL(origin);
    return own !== '' && own === new URL(`${protocol}//${host}`).host; // without the port that goes without saying
  } catch {
    return false;
  }
}

/**
 * Refuses an upload that a page of another origin sends by a form, which needs no preflight: unless
 * `cors` lets the page act with the credentials that come along.
 *
 * @throws ForbiddenError `foreign_origin`
 */
export function assertMayUpload(cors: CorsOptions | undefined, header: HeaderReader): void {
  if (!isFromForeignPage(header)) return;
  const origin = header('origin');
  if (cors !== undefined && origin !== undefined && isAllowed(cors, origin)) {
    if (cors.credentials === true || header('cookie') === undefined) return;
  }
  throw new ForbiddenError('This page may not upload files here.', { code: 'foreign_origin' });
}
