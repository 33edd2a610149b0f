import { randomUUID } from 'node:crypto';
import type { HttpSettings, ServedApp } from '../app';
import type { Logger } from '../context';
import { readable } from '../errors';
import type { StreamAnswer } from '../operations';
import { answerNotFound } from './answer-not-found';
import { besideChat, type Asked } from './beside-chat';
import { wholeOrChunks } from './chunks';
import { corsHeaders, preflightHeaders } from './cors';
import { Heartbeat } from './heartbeat';
import {
  chunkedAnswer,
  ClientGone,
  emptyAnswer,
  jsonAnswer,
  type Answerer,
  type Answering,
  type HttpAnswer,
  type HttpRequest,
} from './http-answer';
import { MethodNotAllowedError, refusal } from './http-error';
import { assertJson } from './json-body';
import { SSE_HEADERS, SseSink } from './sse-sink';

/** Serves an app over HTTP, independent of the adapter. */
export class HttpService<TRequest> {
  /** Answers requests for the chat itself. */
  readonly chat: Answerer<TRequest>;
  private readonly heartbeat: Heartbeat;

  constructor(readonly app: ServedApp<TRequest>) {
    this.heartbeat = new Heartbeat(app.http.heartbeatMs);
    this.chat = (exchange) => answerChat(app, this.heartbeat, exchange);
  }

  /** The answerer for attachments, the health endpoint or the registry; `undefined` for other requests. */
  beside(asked: Asked): Answerer<TRequest> | undefined {
    return besideChat(this.app, asked);
  }

  /** The answerer for unknown paths. */
  notFound(message: string): Answerer<TRequest> {
    return ({ request }) => answerNotFound(message, request, this.app.http.cors);
  }

  async close(options?: { timeoutMs?: number }): Promise<void> {
    await this.app.close(options);
    this.heartbeat.stop();
  }
}

/** The parts of an app that every answer needs. */
export interface HttpApp {
  readonly http: HttpSettings;
  readonly services: { readonly logger: Logger };
}

/** One request and its answer, independent of the adapter. */
export class HttpExchange<TRequest> implements Answering<TRequest> {
  readonly requestId: string;
  /** Headers of every answer to this request. */
  private common: Readonly<Record<string, string>>;
  private readonly listeners: (() => void)[] = [];
  private hasLeft = false;

  constructor(
    private readonly app: HttpApp,
    readonly request: HttpRequest<TRequest>,
  ) {
    this.requestId = requestIdFrom(request.header('x-request-id'));
    this.common = { 'x-request-id': this.requestId };
  }

  /** Makes the answer. Never rejects. `undefined` if the client disconnected while sending its request. */
  async answer(answerer: Answerer<TRequest>): Promise<HttpAnswer | undefined> {
    try {
      const { cors } = this.app.http;
      if (cors !== undefined) this.common = { ...this.common, ...corsHeaders(cors, this.request.header) };
      return this.withCommon(await answerer(this));
    } catch (thrown) {
      const error = readable(thrown);
      return error instanceof ClientGone ? undefined : this.refuse(error);
    }
  }

  refuse(error: unknown): HttpAnswer {
    return this.withCommon(refusal(error, this.requestId, this.app.services.logger));
  }

  /** Logs an error of an answer that has begun. */
  brokeOff(error: unknown): void {
    const { requestId } = this;
    this.app.services.logger.error({ err: error, requestId }, 'a response could not be written');
  }

  onLeave(listener: () => void): void {
    if (this.hasLeft) listener();
    else this.listeners.push(listener);
  }

  /** Called when the connection is closed, before or after the answer. */
  left(): void {
    this.hasLeft = true;
    for (const listener of this.listeners.splice(0)) listener();
  }

  private withCommon({ status, headers, body }: HttpAnswer): HttpAnswer {
    return { status, headers: { ...this.common, ...headers }, body };
  }
}

const SAFE_ID = /^[\w.:-]{1,128}$/;

/** The client's `x-request-id` if it is safe for logs and headers, else a new id. */
export function requestIdFrom(header: string | undefined): string {
  return header !== undefined && SAFE_ID.test(header) ? header : randomUUID();
}

const LANGUAGE = /^\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)/;

/** The first language of an `Accept-Language` header; `en` if there is none. */
export function localeFrom(header: string | undefined): string {
  return (header === undefined ? undefined : LANGUAGE.exec(header)?.[1]) ?? 'en';
}

const METHODS = 'POST, OPTIONS';

/**
 * Answers a request for the chat itself.
 *
 * @throws ChatError, ClientGone
 */
async function answerChat<TRequest>(
  app: ServedApp<TRequest>,
  heartbeat: Heartbeat,
  exchange: Answering<TRequest>,
): Promise<HttpAnswer> {
  const { request, requestId } = exchange;
  const { method, header } = request;
  if (method === 'OPTIONS') {
    return emptyAnswer(204, { ...preflightHeaders(app.http.cors, header, 'POST'), allow: METHODS });
  }
  if (method !== 'POST') throw new MethodNotAllowedError('Send ChatKit requests with POST.', METHODS);
  assertJson(header, { unpacked: request.isParsed });
  const handling = app.handle({
    request: request.native,
    readBody: (limits) => request.json(limits),
    requestId,
    locale: localeFrom(header('accept-language')),
  });
  exchange.onLeave(() => handling.disconnected());
  const answer = await handling.answer;
  if (answer.kind === 'json') return jsonAnswer(answer.text);
  if (answer.kind === 'stream') return eventAnswer(answer, heartbeat, exchange);
  const text = wholeOrChunks(answer.pieces);
  return typeof text === 'string' ? jsonAnswer(text) : chunkedAnswer(text);
}

function eventAnswer<TRequest>(
  stream: StreamAnswer,
  heartbeat: Heartbeat,
  exchange: Answering<TRequest>,
): HttpAnswer {
  return {
    status: 200,
    headers: SSE_HEADERS,
    body: {
      kind: 'events',
      start(port) {
        const sink = new SseSink(port, heartbeat, (error) => exchange.refuse(error));
        exchange.onLeave(() => sink.abandoned());
        try {
          stream.start(sink);
        } catch (error) {
          sink.fail(error); // nothing has been sent yet
        }
      },
    },
  };
}
