import type { Request, Response } from 'express';
import type { CorsOptions } from '../app';
import { corsHeaders, isPreflight, preflightHeaders, type HeaderReader } from '../transport';

/**
 * For a request below the chat's mount path that goes to the next handler: if it ends in a 404, a page of
 * an allowed origin can read that, and its preflight is granted. Other answers are not changed: routes of
 * the app below the mount path must not be opened to other origins by the chat's `cors`.
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
    if (vary !== undefined) res.vary(vary); // adds to an existing `Vary`
    res.set(others);
    if (!preflight) return writeHead(status, ...rest);
    for (const name of res.getHeaderNames()) if (name.startsWith('content-')) res.removeHeader(name);
    return writeHead(204, 'No Content'); // Node does not send a body with 204
  }) as Response['writeHead'];
}
