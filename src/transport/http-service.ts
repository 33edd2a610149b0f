import type { ServedApp } from '../app';
import type { StreamAnswer } from '../operations';
import { answerNotFound } from './answer-not-found';
import { besideChat, type Asked } from './beside-chat';
import { wholeOrChunks } from './chunks';
import { preflightHeaders } from './cors';
import { Heartbeat } from './heartbeat';
import { chunkedAnswer, emptyAnswer, jsonAnswer, type HttpAnswer, type HttpRequest } from './http-answer';
import { MethodNotAllowedError } from './http-error';
import { HttpExchange, localeFrom, type Answerer } from './http-exchange';
import { assertJson } from './json-body';
import { SSE_HEADERS, SseSink } from './sse-sink';

/** An app as it is served over HTTP, whichever adapter the requests come through. */
export class HttpService<TRequest> {
  /** Answers requests for the chat itself. */
  readonly chat: Answerer<TRequest>;
  private readonly heartbeat: Heartbeat;

  constructor(readonly app: ServedApp<TRequest>) {
    this.heartbeat = new Heartbeat(app.http.heartbeatMs);
    this.chat = (exchange) => answerChat(app, this.heartbeat, exchange);
  }

  /** What answers a request for an attachment or, in development, for the registry; `undefined` for others. */
  beside(asked: Asked): Answerer<TRequest> | undefined {
    return besideChat(this.app, asked);
  }

  /** Answers requests for a path where nothing is. */
  notFound(message: string): Answerer<TRequest> {
    return ({ request }) => answerNotFound(message, request, this.app.http.cors);
  }

  exchange(request: HttpRequest<TRequest>): HttpExchange<TRequest> {
    return new HttpExchange(this.app, request);
  }

  async close(options?: { timeoutMs?: number }): Promise<void> {
    await this.app.close(options);
    this.heartbeat.stop();
  }
}

const METHODS = 'POST, OPTIONS';

/**
 * Answers a request for the chat itself.
 *
 * @throws ChatError, ClientGone
 */
export async function answerChat<TRequest>(
  app: ServedApp<TRequest>,
  heartbeat: Heartbeat,
  exchange: HttpExchange<TRequest>,
): Promise<HttpAnswer> {
  const { request, requestId } = exchange;
  const { method, header } = request;
  if (method === 'OPTIONS') {
    return emptyAnswer(204, { ...preflightHeaders(app.http.cors, header, 'POST'), allow: METHODS });
  }
  if (method !== 'POST') throw new MethodNotAllowedError('Send ChatKit requests by POST.', METHODS);
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
  exchange: HttpExchange<TRequest>,
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
          sink.fail(error); // nothing is sent so far
        }
      },
    },
  };
}
