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
  /** The chat's path. Default: `/chatkit`. */
  path?: string;
}

/** connect, polka and Express remove the mount path from `url`, and keep the whole URL in `originalUrl`. */
type MaybeMounted = IncomingMessage & { originalUrl?: string };

/** A request listener for `node:http`. */
export interface ChatKitListener<TContext = RequestContext> {
  (req: IncomingMessage, res: ServerResponse): void;
  readonly app: ChatKitApp<IncomingMessage, TContext>;
  /** All actions and hooks as plain JSON data; see `ChatKitApp.registry`. */
  registry(): readonly RouteInfo[];
  /** The health of this process; see `ChatKitApp.health`. */
  health(): Promise<Health>;
  /** Rejects new requests and lets runs end; see `ChatKitApp.close`. */
  close(options?: { timeoutMs?: number }): Promise<void>;
}

/**
 * Serves a chat from `node:http`, the fastest adapter. Other paths are answered with 404: to serve them,
 * handle them in your own listener and call this one for the chat.
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
    const url = withoutOrigin(req.originalUrl ?? req.url ?? '/');
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

/** Answers the requests of one app with Node's request and response objects. */
export class NodeAdapter<TRequest extends MaybeParsed> {
  private readonly service: HttpService<TRequest>;

  constructor(app: ServedApp<TRequest>) {
    this.service = new HttpService(app);
  }

  /** Never throws: every error is answered or logged. */
  serve(req: TRequest, res: ServerResponse): void {
    void this.answer(this.service.chat, req, res);
  }

  /**
   * Answers a request below the mount path, if it is for an attachment, the health endpoint or the registry.
   *
   * @param url relative to the mount path
   * @returns whether the request was for one of these
   */
  serveBelow(url: string, req: TRequest, res: ServerResponse): boolean {
    return this.serveBeside({ method: req.method, url, mount: 'known' }, req, res);
  }

  /** Answers a request that a route has passed to the chat, so that the mount path is unknown. */
  serveRouted(req: TRequest, res: ServerResponse): void {
    const asked = { method: req.method, url: req.url ?? '/', mount: 'unknown' } as const;
    if (!this.serveBeside(asked, req, res)) this.serve(req, res);
  }

  /** Answers a request for an unknown path. */
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

/** Answers a Node request. Never rejects: every error is answered or logged. */
export async function answerOnNode<TRequest extends MaybeParsed>(
  app: HttpApp,
  answerer: Answerer<TRequest>,
  req: TRequest,
  res: ServerResponse,
): Promise<void> {
  // The client may have disconnected, or been answered, while earlier middleware ran.
  if (res.destroyed || res.writableEnded) return;
  const { logger } = app.services;
  const request = new NodeRequest(req);
  const exchange = new HttpExchange(app, request);
  const { requestId } = exchange;
  // Registered before any asynchronous work, so that an early disconnect is noticed.
  const left = (): void => exchange.left();
  res.on('close', left);
  if (res.socket === null) whenClosed(req, res, left);
  res.on('error', (error) => logger.debug({ err: error, requestId }, 'a response broke off'));
  try {
    const answer = await exchange.answer(answerer);
    if (answer !== undefined) await writeAnswer(answer, request, res);
  } catch (error) {
    exchange.brokeOff(error);
    res.destroy();
  }
}

/**
 * With HTTP pipelining, a client sends a request before the previous one is answered. The response then
 * waits for the socket, and Node does not emit `close` on it if the socket closes in the meantime.
 */
function whenClosed({ socket }: IncomingMessage, res: ServerResponse, left: () => void): void {
  setMaxListeners(0, socket); // one listener per pipelined request
  socket.on('close', left);
  const forget = (): void => void socket.off('close', left);
  res.once('socket', forget).once('close', forget);
}

/**
 * Writes an answer. Resolves when it is written, or when its event stream has started.
 *
 * @throws the error of its bytes or chunks; a disconnected client is not an error
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
  // Another middleware (for example for timeouts) may have answered in the meantime.
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

/** Sends chunks with backpressure. The headers have been sent, so an error can only break the connection. */
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

/** Writes a stream into a Node response. */
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
    // A run that ends within its first turn is sent in one write, without chunked encoding.
    if (!this.res.headersSent) this.writeHead({ 'content-length': Buffer.byteLength(text) });
    this.res.end(text);
  }

  private writeHead(more: OutgoingHttpHeaders): void {
    // Another middleware (for example for timeouts) may have answered; then `close` ends the run.
    if (!this.res.headersSent) this.res.writeHead(200, { ...this.headers, ...more });
  }
}

/** Removes the origin of a request target in absolute form, which servers must accept (RFC 9112, 3.2.2). */
export function withoutOrigin(target: string): string {
  return target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?]*/i, '');
}

/** The part of a URL below a path: empty, `/…` or `?…`. `undefined` if the URL is not below that path. */
export function belowPath(url: string, path: string): string | undefined {
  if (!url.startsWith(path)) return undefined;
  const rest = url.slice(path.length);
  return rest === '' || rest.startsWith('/') || rest.startsWith('?') ? rest : undefined;
}

/** Whether a URL relative to the mount path is the mount path itself, with or without slash and query. */
export function isRoot(below: string): boolean {
  return below === '' || below.startsWith('?') || below === '/' || below.startsWith('/?');
}
