import type { NextFunction, Request, Response } from 'express';
import { SERVED, toApp, type ChatKitApp, type ChatKitOptions, type Health, type NeededContext } from '../app';
import type { RequestContext } from '../context';
import { belowPath, isRoot, NodeAdapter, withoutOrigin } from '../node';
import type { RouteInfo } from '../registry';
import { MountHints } from './hints';
import { makeNotFoundReadable } from './readable-not-found';
import { routeTo } from './routed';

/** The chat's path if it is mounted without one; the same as for `node:http`. */
const DEFAULT_PATH = '/chatkit';

/** Express middleware that serves the chat. */
export interface ChatKitMiddleware<TContext = RequestContext> {
  /** Without `next` (as a Nest handler calls it), the chat answers every request. */
  (req: Request, res: Response, next?: NextFunction): void;
  readonly app: ChatKitApp<Request, TContext>;
  /** All actions and hooks as plain JSON data; see `ChatKitApp.registry`. */
  registry(): readonly RouteInfo[];
  /** The health of this process; see `ChatKitApp.health`. */
  health(): Promise<Health>;
  /** Rejects new requests and lets runs end; see `ChatKitApp.close`. */
  close(options?: { timeoutMs?: number }): Promise<void>;
}

/**
 * Serves a chat from Express 5 or 4, before or after `express.json()`: at its mount path, at `/chatkit` if
 * it is mounted without a path, or at the path of a route. Requests to other paths below the mount path go
 * to the next handler.
 *
 * @throws StartupError
 *
 * @example
 * app.use('/chatkit', chatkit({ controllers: [ItemController], store: new MemoryStore(), owner: 'shared' }));
 */
export function chatkit<TContext extends RequestContext = RequestContext>(
  options: (ChatKitOptions<Request, TContext> & NeededContext) | ChatKitApp<Request, TContext>,
): ChatKitMiddleware<TContext> {
  const app = toApp(options);
  const served = app[SERVED];
  const adapter = new NodeAdapter(served);
  const hints = new MountHints(served);
  const middleware = (req: Request, res: Response, next?: NextFunction): void => {
    const route = routeTo(middleware, req);
    if (route !== undefined) hints.atRoute(middleware, route, req);
    if (route !== undefined || next === undefined) {
      adapter.serveRouted(req, res);
      return;
    }
    const path = withoutOrigin(req.url);
    const url = belowPath(path, DEFAULT_PATH) ?? path;
    if (isRoot(url)) adapter.serve(req, res);
    else if (!adapter.serveBelow(url, req, res)) {
      makeNotFoundReadable(req, res, served.http.cors);
      hints.notHere(req, res);
      next();
    }
  };
  return Object.assign(middleware, {
    app,
    registry: () => app.registry(),
    health: () => app.health(),
    close: (closing?: { timeoutMs?: number }) => adapter.close(closing),
  });
}
