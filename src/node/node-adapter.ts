import { setMaxListeners } from 'node:events';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import {
  SERVED,
  toApp,
  type ChatKitApp,
  type ChatKitOptions,
  type Health,
  type NeededContext,
  type ServedApp,
} from '../app';
import type { RequestContext } from '../context';
import type { RouteInfo } from '../registry';
import {
  HttpExchange,
  HttpService,
  type Answerer,
  type Asked,
  type HttpAnswer,
  type HttpApp,
  type SsePort,
} from '../transport';
import { endResponse } from './end-response';
import { mountHint } from './mount-hint';
import { NodeRequest, type MaybeParsed } from './node-request';

/** Options of the listener for `node:http`. */
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
  /** How this process is doing; see `ChatKitApp.health`. */
  health(): Promise<Health>;
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
    health: () => app.health(),
    close: (closing?: { timeoutMs?: number }) => adapter.close(closing),
  });
}

/** Answers the requests of one app on Node's own request and response. */
export class NodeAdapter<TRequest extends MaybeParsed> {
  private readonly service: HttpService<TRequest>;

  constructor(app: ServedApp<TRequest>) {
    this.service = new HttpService(app);
  }

  /** Never rejects, never throws: whatever goes wrong is answered or logged. */
  serve(req: TRequest, res: ServerResponse): void {
    void this.answer(this.service.chat, req, res);
  }

  /**
   * Answers a request below the mount, if it is for an attachment or, in development, for the registry.
   *
   * @param url relative to the mount
   * @returns whether the request is this adapter's
   */
  serveBelow(url: string, req: TRequest, res: ServerResponse): boolean {
    return this.serveBeside({ method: req.method, url, mount: 'known' }, req, res);
  }

  /** Answers a request that a router has led to the chat, which does not know where its mount is. */
  serveRouted(req: TRequest, res: ServerResponse): void {
    const asked = { method: req.method, url: req.url ?? '/', mount: 'unknown' } as const;
    if (!this.serveBeside(asked, req, res)) this.serve(req, res);
  }

  /** Answers a request for a path where nothing is. */
  serveNotFound(message: string, req: TRequest, res: ServerResponse): void {
    void this.answer(this.service.notFound(message), req, res);
  }

  close(options?: { timeoutMs?: number }): Promise<void> {
    return this.service.close(options);
  }

  private serveBeside(asked: Asked, req: TRequest, res: ServerResponse): boolean {
    const answerer = this.service.beside(asked);
    if (answerer === undefined) return false;
    void this.answer(answerer, req, res);
    return true;
  }

  private answer(answerer: Answerer<TRequest>, req: TRequest, res: ServerResponse): Promise<void> {
    return answerOnNode(this.service.app, answerer, req, res);
  }
}

/** Answers a request of Node. Never rejects: whatever goes wrong is answered or logged. */
export async function answerOnNode<TRequest extends MaybeParsed>(
  app: HttpApp,
  answerer: Answerer<TRequest>,
  req: TRequest,
  res: ServerResponse,
): Promise<void> {
  // Middleware before this one may have taken its time, and the client may not have waited.
  if (res.destroyed || res.writableEnded) return;
  const { logger } = app.services;
  const request = new NodeRequest(req);
  const exchange = new HttpExchange(app, request);
  const { requestId } = exchange;
  // Before any asynchronous work: a client that leaves early must be seen.
  const left = (): void => exchange.left();
  res.on('close', left);
  if (res.socket === null) whenClosed(req, res, left);
  res.on('error', (error) => logger.debug({ err: error, requestId }, 'a response broke off'));
  try {
    const answer = await exchange.answer(answerer);
    if (answer !== undefined) await writeAnswer(answer, request, res);
  } catch (error) {
    logger.error({ err: error, requestId }, 'a response could not be written');
    res.destroy();
  }
}

/**
 * A client may send a request before the one before it is answered. The response then waits for the
 * connection, and Node does not tell it when that closes meanwhile.
 */
function whenClosed({ socket }: IncomingMessage, res: ServerResponse, left: () => void): void {
  setMaxListeners(0, socket); // as many as the client sends at once
  socket.on('close', left);
  const forget = (): void => void socket.off('close', left);
  res.once('socket', forget).once('close', forget);
}

/**
 * Writes an answer. Resolves when it is written, or when its events begin.
 *
 * @throws what its bytes or chunks failed with; that the client has left is no error
 */
async function writeAnswer(
  { status, headers, body }: HttpAnswer,
  request: NodeRequest<MaybeParsed>,
  res: ServerResponse,
): Promise<void> {
  if (body.kind === 'events') {
    body.start(new ResponsePort(res, headers, (answer) => void writeAnswer(answer, request, res)));
    return;
  }
  // Some other middleware (one for timeouts) may have answered meanwhile.
  if (res.destroyed || res.headersSent) return;
  const { native } = request;
  switch (body.kind) {
    case 'none':
      res.writeHead(status, headers);
      endResponse(native, res, '', request.released());
      return;
    case 'text':
      res.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body.text) });
      endResponse(native, res, body.text, request.released());
      return;
    case 'chunks':
      res.writeHead(status, headers);
      await send(body.chunks, res);
      break;
    case 'bytes':
      res.writeHead(status, headers);
      await send(body.bytes, res);
  }
  endResponse(native, res, '', request.released());
}

/** Each chunk when the client has taken those before. What goes wrong now is told by breaking off alone. */
async function send(
  chunks: Iterable<string> | AsyncIterable<Uint8Array>,
  res: ServerResponse,
): Promise<void> {
  try {
    await pipeline(chunks, res, { end: false });
  } catch (error) {
    res.destroy();
    if ((error as NodeJS.ErrnoException | null)?.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

/** A stream's way into a Node response. */
class ResponsePort implements SsePort {
  private drained: () => void = () => undefined;

  constructor(
    private readonly res: ServerResponse,
    private readonly headers: Readonly<Record<string, string>>,
    readonly instead: (answer: HttpAnswer) => void,
  ) {}

  onDrain(listener: () => void): void {
    this.drained = listener;
  }

  head(): void {
    this.writeHead({});
    this.res.flushHeaders();
  }

  write(text: string): boolean {
    const goOn = this.res.write(text);
    if (!goOn) this.res.once('drain', this.drained);
    return goOn;
  }

  end(text: string): void {
    // A run that is over within its first turn goes out in one piece, and needs no chunks.
    if (!this.res.headersSent) this.writeHead({ 'content-length': Buffer.byteLength(text) });
    this.res.end(text);
  }

  private writeHead(more: OutgoingHttpHeaders): void {
    // Some other middleware (one for timeouts) may have answered meanwhile; then `close` ends the run.
    if (!this.res.headersSent) this.res.writeHead(200, { ...this.headers, ...more });
  }
}

/** What of a URL lies below a path: empty, `/…` or `?…`. `undefined` when the URL is not at that path. */
export function belowPath(url: string, path: string): string | undefined {
  if (!url.startsWith(path)) return undefined;
  const rest = url.slice(path.length);
  return rest === '' || rest.startsWith('/') || rest.startsWith('?') ? rest : undefined;
}

/** Whether what lies below a mount is the mount itself, with or without a slash or a query. */
export function isRoot(below: string): boolean {
  return below === '' || below.startsWith('?') || below === '/' || below.startsWith('/?');
}
