// Said to the published types: since TypeScript 6 no package of @types is loaded by itself.
/// <reference types="node" preserve="true" />
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SERVED, toApp, type ChatKitApp, type ChatKitOptions, type NeededContext } from '../app';
import type { RequestContext } from '../context';
import type { RouteInfo } from '../registry';
import { mountHint } from './mount-hint';
import { belowPath, isRoot, NodeAdapter } from './node-adapter';

export interface ListenerOptions {
  /** The path that is the chat's; `/chatkit` by default. */
  path?: string;
}

/** connect, polka and Express take a mount's path off `url`, and keep the whole here. */
type MaybeMounted = IncomingMessage & { originalUrl?: string };

/** A request listener for `node:http`. */
export interface ChatKitListener<TContext = RequestContext> {
  (req: IncomingMessage, res: ServerResponse): void;
  readonly app: ChatKitApp<IncomingMessage, TContext>;
  /** All actions and hooks as plain JSON data; see `ChatKitApp.registry`. */
  registry(): readonly RouteInfo[];
  /** Takes no more requests and lets runs end; see `ChatKitApp.close`. */
  close(options?: { timeoutMs?: number }): Promise<void>;
}

/**
 * Serves a chat from `node:http`, the fastest adapter. Other paths are answered with 404: put a function
 * of your own in front to serve them.
 *
 * @throws StartupError
 *
 * @example
 * const chat = chatkit({ controllers: [ItemController], store: new MemoryStore(), owner: 'shared' });
 * createServer(chat).listen(8000);
 */
export function chatkit<TContext extends RequestContext = RequestContext>(
  options:
    (ChatKitOptions<IncomingMessage, TContext> & NeededContext) | ChatKitApp<IncomingMessage, TContext>,
  { path = '/chatkit' }: ListenerOptions = {},
): ChatKitListener<TContext> {
  const app = toApp(options);
  const served = app[SERVED];
  const adapter = new NodeAdapter(served);
  const mount = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  const base = mount === '/' ? '' : mount;
  const hint = mountHint(mount, served.services.logger);
  const listener = (req: MaybeMounted, res: ServerResponse): void => {
    const url = req.originalUrl ?? req.url ?? '/';
    const below = belowPath(url, base);
    if (below !== undefined && isRoot(below)) adapter.serve(req, res);
    else if (below === undefined || !adapter.serveBelow(below, req, res)) {
      hint(req, url);
      adapter.serveNotFound(`The chat is at ${mount}.`, req, res);
    }
  };
  return Object.assign(listener, {
    app,
    registry: () => app.registry(),
    close: (closing?: { timeoutMs?: number }) => adapter.close(closing),
  });
}

export { belowPath, isRoot, NodeAdapter } from './node-adapter';
