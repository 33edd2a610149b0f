import type { ServedApp } from '../app';
import type { StreamAnswer } from '../operations';
import { wholeOrChunks } from './chunks';
import { preflightHeaders } from './cors';
import type { Heartbeat } from './heartbeat';
import { chunkedAnswer, emptyAnswer, jsonAnswer, type HttpAnswer } from './http-answer';
import { MethodNotAllowedError } from './http-error';
import type { HttpExchange } from './http-exchange';
import { assertJson } from './json-body';
import { localeFrom } from './request-info';
import { SSE_HEADERS, SseSink } from './sse-sink';

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
