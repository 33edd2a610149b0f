import type { ServerResponse } from 'node:http';
import type { ChatKitApp, Exchange } from '../app';
import { readable } from '../errors';
import {
  answerNotFound,
  assertJson,
  besideChat,
  corsHeaders,
  Heartbeat,
  localeFrom,
  MethodNotAllowedError,
  preflightHeaders,
  requestIdFrom,
  SseSink,
  toHttpError,
  wholeOrChunks,
  type Asked,
  type HeaderReader,
  type HttpError,
} from '../transport';
import { endResponse } from './end-response';
import { headerOf } from './header';
import { ClientGone, parsedBody, readJson, type MaybeParsed } from './read-body';
import { ResponsePort } from './response-port';
import { sendChunks } from './send-chunks';
import { serveAnswer } from './serve-answer';

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

/** Answers the requests of one app on Node's own request and response. */
export class NodeAdapter<TRequest extends MaybeParsed, TContext> {
  private readonly heartbeat: Heartbeat;

  constructor(private readonly app: ChatKitApp<TRequest, TContext>) {
    this.heartbeat = new Heartbeat(app.http.heartbeatMs);
  }

  /** Never rejects, never throws: whatever goes wrong is answered or logged. */
  serve(req: TRequest, res: ServerResponse): void {
    const exchange = new NodeExchange(req, res, this.app, this.heartbeat);
    void exchange.run();
  }

  /**
   * Answers a request below the mount, if it is for an attachment or, in development, for the catalogue.
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
    const { cors } = this.app.http;
    void serveAnswer(this.app, (question) => answerNotFound(message, question, cors), req, res);
  }

  private serveBeside(asked: Asked, req: TRequest, res: ServerResponse): boolean {
    const answerer = besideChat(this.app, asked);
    if (answerer === undefined) return false;
    void serveAnswer(this.app, answerer, req, res);
    return true;
  }

  async close(options?: { timeoutMs?: number }): Promise<void> {
    await this.app.close(options);
    this.heartbeat.stop();
  }
}

/** One request and its response. */
class NodeExchange<TRequest extends MaybeParsed, TContext> {
  private readonly header: HeaderReader;
  private readonly requestId: string;
  private headers: Record<string, string>;
  private gone: boolean;
  private sink: SseSink | undefined;
  private exchange: Exchange | undefined;

  constructor(
    private readonly req: TRequest,
    private readonly res: ServerResponse,
    private readonly app: ChatKitApp<TRequest, TContext>,
    private readonly heartbeat: Heartbeat,
  ) {
    this.header = headerOf(req);
    this.requestId = requestIdFrom(this.header('x-request-id'));
    this.headers = { 'x-request-id': this.requestId };
    // Middleware before this one may have taken its time, and the client may not have waited.
    this.gone = res.destroyed || res.writableEnded;
    // Before any asynchronous work: a client that leaves early must be seen. After the end of a
    // response that is this adapter's own, there is nothing left to stop.
    res.on('close', () => this.onGone());
    res.on('error', (error) => {
      app.services.logger.debug({ err: error, requestId: this.requestId }, 'a response broke off');
    });
  }

  async run(): Promise<void> {
    try {
      if (!this.gone) await this.answer();
    } catch (thrown) {
      const error = readable(thrown);
      if (error instanceof ClientGone) return;
      try {
        this.fail(error);
      } catch (failure) {
        this.app.services.logger.error(
          { err: failure, requestId: this.requestId },
          'a request was not answered',
        );
        this.res.destroy();
      }
    }
  }

  private async answer(): Promise<void> {
    const { req, res, app } = this;
    if (app.http.cors !== undefined) {
      this.headers = { ...this.headers, ...corsHeaders(app.http.cors, this.header) };
    }
    if (req.method !== 'POST') {
      this.answerOtherMethod();
      return;
    }
    // A parser that was there before has also decompressed the body.
    assertJson(this.header, { unpacked: parsedBody(req) !== undefined });
    this.exchange = app.handle({
      request: req,
      readBody: (limits) => readJson(req, limits),
      requestId: this.requestId,
      locale: localeFrom(this.header('accept-language')),
    });
    if (this.gone) this.exchange.disconnected();
    const answer = await this.exchange.answer;
    if (answer.kind === 'json') {
      this.send(200, answer.text);
      return;
    }
    if (answer.kind === 'pieces') {
      await this.sendPieces(answer.pieces);
      return;
    }
    const port = new ResponsePort(
      res,
      this.headers,
      (error) => this.fail(error),
      () => this.sink?.drained(),
    );
    const sink = new SseSink(
      port,
      (closed) => this.heartbeat.remove(closed),
      (opened) => this.heartbeat.add(opened),
    );
    this.sink = sink;
    if (this.gone) sink.abandoned();
    answer.start(sink);
  }

  private onGone(): void {
    this.gone = true;
    this.exchange?.disconnected();
    this.sink?.abandoned();
  }

  private answerOtherMethod(): void {
    const { req, res } = this;
    if (req.method === 'OPTIONS') {
      res.writeHead(204, { ...preflightHeaders(this.app.http.cors, this.header), allow: 'POST, OPTIONS' });
      endResponse(req, res);
      return;
    }
    res.setHeader('allow', 'POST, OPTIONS');
    throw new MethodNotAllowedError();
  }

  private fail(error: unknown): void {
    const { status, headers, body } = toHttpError(error, this.requestId, this.app.services.logger);
    this.send(status, body, headers);
  }

  private async sendPieces(pieces: Iterable<string>): Promise<void> {
    const { req, res, requestId } = this;
    const body = wholeOrChunks(pieces);
    if (typeof body === 'string') {
      this.send(200, body);
      return;
    }
    if (this.gone || res.headersSent) return;
    res.writeHead(200, { ...this.headers, ...JSON_HEADERS });
    try {
      await sendChunks(req, res, body);
    } catch (error) {
      this.app.services.logger.error({ err: error, requestId }, 'a response could not be written');
    }
  }

  private send(status: number, text: string, headers: HttpError['headers'] = {}): void {
    const { req, res } = this;
    if (this.gone || res.headersSent) return;
    res.writeHead(status, {
      ...this.headers,
      ...headers,
      ...JSON_HEADERS,
      'content-length': Buffer.byteLength(text),
    });
    endResponse(req, res, text);
  }
}
