import type { Request, Response } from 'express';
import type { CorsOptions } from '../app';
import { corsHeaders, isPreflight, preflightHeaders, type HeaderReader } from '../transport';

/**
 * For a request below the chat's mount that goes on to the next handler: if no handler takes it, a page
 * of an allowed origin can read the 404, and its preflight is granted. What other handlers answer stays
 * as it is, since a route that happens to lie below the mount is not the chat's to open for other origins.
 */
export function makeNotFoundReadable(req: Request, res: Response, cors: CorsOptions | undefined): void {
  const header: HeaderReader = (name) => req.get(name);
  if (cors === undefined || header('origin') === undefined) return;
  const preflight = isPreflight(req.method, header);
  const headers = preflight ? preflightHeaders(cors, header, 'POST') : corsHeaders(cors, header);
  if (!('access-control-allow-origin' in headers)) return;
  const writeHead = res.writeHead.bind(res) as (...args: unknown[]) => Response;
  res.writeHead = ((status: number, ...rest: unknown[]) => {
    if (status !== 404 || res.hasHeader('access-control-allow-origin')) return writeHead(status, ...rest);
    const { vary, ...others } = headers;
    if (vary !== undefined) res.vary(vary); // beside what others have put there
    res.set(others);
    if (!preflight) return writeHead(status, ...rest);
    for (const name of res.getHeaderNames()) if (name.startsWith('content-')) res.removeHeader(name);
    return writeHead(204, 'No Content'); // a body, if one follows, is not sent
  }) as Response['writeHead'];
}
