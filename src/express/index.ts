import type { NextFunction, Request, Response } from 'express';
import { ChatKitApp, createChatKit, type ChatKitOptions, type NeededContext } from '../app';
import type { RequestContext } from '../context';
import { isPath, NodeDoor } from '../node';
import type { RouteInfo } from '../routing';
import { makeNotFoundReadable } from './readable-not-found';

/** Express middleware that is the chat. */
export interface ChatKitMiddleware<TContext = RequestContext> {
  (req: Request, res: Response, next: NextFunction): void;
  readonly app: ChatKitApp<Request, TContext>;
  /** All actions and hooks as plain JSON data; see `ChatKitApp.catalogue`. */
  catalogue(): readonly RouteInfo[];
  /** Takes no more requests and lets runs end; see `ChatKitApp.close`. */
  close(options?: { timeoutMs?: number }): Promise<void>;
}

/**
 * Serves a chat from Express 5 or 4, before or behind `express.json()`. Paths below the mount that
 * are not the chat's own go on to the next handler.
 *
 * @throws BootError
 *
 * @example
 * app.use('/chatkit', chatkit({ controllers: [ItemController], store: new MemoryStore(), owner: 'shared' }));
 */
export function chatkit<TContext extends RequestContext = RequestContext>(
  options: (ChatKitOptions<Request, TContext> & NeededContext) | ChatKitApp<Request, TContext>,
): ChatKitMiddleware<TContext> {
  const app = options instanceof ChatKitApp ? options : createChatKit(options);
  const door = new NodeDoor(app);
  const middleware = (req: Request, res: Response, next: NextFunction): void => {
    if (isPath(req.url, '/')) door.serve(req, res);
    else if (!door.serveBelow(req.url, req, res)) {
      makeNotFoundReadable(req, res, app.http.cors);
      next();
    }
  };
  return Object.assign(middleware, {
    app,
    catalogue: () => app.catalogue(),
    close: (closing?: { timeoutMs?: number }) => door.close(closing),
  });
}
