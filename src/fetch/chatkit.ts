import { SERVED, toApp, type ChatKitApp, type ChatKitOptions, type Health, type NeededContext } from '../app';
import type { RequestContext } from '../context';
import type { RouteInfo } from '../registry';
import { IN_STEP } from './event-response';
import { FetchAdapter } from './fetch-adapter';

/** A `(Request) => Promise<Response>` function that serves the chat. */
export interface ChatKitFetch<TContext = RequestContext> {
  (request: Request): Promise<Response>;
  readonly app: ChatKitApp<Request, TContext>;
  /** All actions and hooks as plain JSON data; see `ChatKitApp.registry`. */
  registry(): readonly RouteInfo[];
  /** The health of this process; see `ChatKitApp.health`. */
  health(): Promise<Health>;
  /** Rejects new requests and lets runs end; see `ChatKitApp.close`. */
  close(options?: { timeoutMs?: number }): Promise<void>;
}

/**
 * Serves a chat from hosts that use `Request` and `Response`: Hono, Next.js, Deno, Bun. The host routes the
 * chat's path to it.
 *
 * @throws StartupError
 *
 * @example
 * const chat = chatkit({ controllers: [ItemController], store: new MemoryStore(), owner: 'shared' });
 * app.all('/chatkit', (c) => chat(c.req.raw)); // Hono
 */
export function chatkit<TContext extends RequestContext = RequestContext>(
  options: (ChatKitOptions<Request, TContext> & NeededContext) | ChatKitApp<Request, TContext>,
): ChatKitFetch<TContext> {
  const app = toApp(options);
  const adapter = new FetchAdapter(app[SERVED]);
  return Object.assign((request: Request) => adapter.serve(request), {
    app,
    registry: () => app.registry(),
    health: () => app.health(),
    close: (closing?: { timeoutMs?: number }) => adapter.close(closing),
  });
}

/**
 * Serves an app for tests: events are not joined, and a run continues past an event when its client reads
 * the next one.
 *
 * @internal
 */
export function serveInStep<TContext>(
  app: ChatKitApp<Request, TContext>,
): Pick<FetchAdapter, 'serve' | 'close'> {
  return new FetchAdapter(app[SERVED], IN_STEP);
}
