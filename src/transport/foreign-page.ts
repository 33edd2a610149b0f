import type { CorsOptions } from '../app';
import { ForbiddenError } from '../errors';
import { isAllowed, type HeaderReader } from './cors';

/**
 * Whether a page of another origin made the browser send this request. The browser may then have added
 * the user's cookies without the user's knowledge. Sibling subdomains count as other origins, and so do
 * pages with the origin `null`. `X-Forwarded-Host` is ignored, since clients can set it.
 */
export function isFromForeignPage(header: HeaderReader): boolean {
  // Pages cannot set this header. The browser computes it, so proxies that change the host do not matter.
  const site = header('sec-fetch-site');
  if (site === 'same-origin') return false;
  if (site !== undefined && site !== 'none') return true;
  const origin = header('origin');
  return origin !== undefined && !isOriginOf(header('host'), origin);
}

/** The scheme is not compared: behind a proxy that terminates TLS it is unknown. */
function isOriginOf(host: string | undefined, origin: string): boolean {
  if (host === undefined) return false;
  try {
    const { protocol, host: own } = new URL(origin);
    return own !== '' && own === new URL(`${protocol}//${host}`).host; // `URL` drops the default port
  } catch {
    return false;
  }
}

/**
 * Rejects an upload from a page of another origin, which can send it with a form, without a preflight.
 * Accepts it if `cors` allows the origin, and credentials too if the request has cookies.
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
