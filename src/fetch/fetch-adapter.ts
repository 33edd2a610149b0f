import type { ServedApp } from '../app';
import { HttpExchange, HttpService, type Answerer, type HttpAnswer, type HttpApp } from '../transport';
import { BUFFERED, eventResponse, type Buffering } from './event-response';
import { FetchRequest } from './fetch-request';
import { wholeResponse } from './whole-response';

/** Answers the requests of one app with `Response` objects. */
export class FetchAdapter {
  private readonly service: HttpService<Request>;

  constructor(
    app: ServedApp<Request>,
    private readonly buffering = BUFFERED,
  ) {
    this.service = new HttpService(app);
  }

  /** Never rejects: every error is in the response. */
  serve(native: Request): Promise<Response> {
    const { pathname, search } = new URL(native.url);
    const { method } = native;
    const answerer =
      this.service.beside({ method, url: pathname + search, mount: 'unknown' }) ?? this.service.chat;
    return answerBuffered(this.service.app, answerer, native, this.buffering);
  }

  close(options?: { timeoutMs?: number }): Promise<void> {
    return this.service.close(options);
  }
}

/** Answers a fetch request with an answerer. Never rejects: every error is in the response. */
export function answerOnFetch(app: HttpApp, answerer: Answerer<Request>, native: Request): Promise<Response> {
  return answerBuffered(app, answerer, native, BUFFERED);
}

async function answerBuffered(
  app: HttpApp,
  answerer: Answerer<Request>,
  native: Request,
  buffering: Buffering,
): Promise<Response> {
  const { signal } = native;
  const request = new FetchRequest(native);
  const exchange = new HttpExchange(app, request);
  const leave = (): void => exchange.left();
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) leave();
  const answer = await exchange.answer(answerer);
  signal.removeEventListener('abort', leave);
  return answer === undefined ? Response.error() : toResponse(answer, request, exchange, buffering);
}

function toResponse(
  answer: HttpAnswer,
  request: FetchRequest,
  exchange: HttpExchange<Request>,
  buffering: Buffering,
): Response | Promise<Response> {
  const { status, headers, body } = answer;
  const init = { status, headers };
  switch (body.kind) {
    case 'none':
      return wholeResponse(request.native, null, init, request.reader);
    case 'text':
      return wholeResponse(request.native, body.text, init, request.reader);
    case 'chunks':
      return new Response(ReadableStream.from(watched(encoded(body.chunks), exchange)), init);
    case 'bytes':
      return new Response(ReadableStream.from(watched(body.bytes, exchange)), init);
    case 'events':
      return eventResponse((port) => body.start(port), answer, {
        request: request.native,
        buffering,
        left: () => exchange.left(),
        instead: (other) => toResponse(other, request, exchange, buffering) as Response,
      });
  }
}

function* encoded(chunks: Iterable<string>): Generator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  for (const chunk of chunks) yield encoder.encode(chunk);
}

/** Logs an error of a body. Its headers have been sent, so the host can only break the response off. */
async function* watched(
  bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  exchange: HttpExchange<Request>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* bytes;
  } catch (error) {
    exchange.brokeOff(error);
    throw error;
  }
}
