import type { NextFunction, Request, Response } from 'express';
import { SERVED, toApp, type ChatKitApp, type ChatKitOptions, type Health, type NeededContext } from '../app';
import type { RequestContext } from '../context';
import { belowPath, isRoot, NodeAdapter } from '../node';
import type { RouteInfo } from '../registry';
import { MountHints } from './hints';
import { makeNotFoundReadable } from './readable-not-found';
import { routeTo } from './routed';

/** Where the chat is below a mount that names no path, as it is for `node:http`. */
const DEFAULT_PATH = '/chatkit';

/** Express middleware that is the chat. */
export interface ChatKitMiddleware<TContext = RequestContext> {
  /** Without `next`, as handlers of Nest call it, every request is the chat's to answer. */
  (req: Request, res: Response, next?: NextFunction): void;
  readonly app: ChatKitApp<Request, TContext>;
  /** All actions and hooks as plain JSON data; see `ChatKitApp.registry`. */
  registry(): readonly RouteInfo[];
  /** How this process is doing; see `ChatKitApp.health`. */
  health(): Promise<Health>;
  /** Takes no more requests and lets runs end; see `ChatKitApp.close`. */
  close(options?: { timeoutMs?: number }): Promise<void>;
}

/**
 * Serves a chat from Express 5 or 4, before or behind `express.json()`: where it is mounted with a path,
 * at `/chatkit` where it is mounted without, and wherever a route leads to it. Paths below the mount that
 * are not the chat's own go on to the next handler.
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
    const url = belowPath(req.url, DEFAULT_PATH) ?? req.url;
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
