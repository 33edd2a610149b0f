import type { ChatKitApp, Exchange } from '../app';
import type { StreamAnswer } from '../operations';
import {
  assertJson,
  besideChat,
  corsHeaders,
  Heartbeat,
  localeFrom,
  MethodNotAllowedError,
  preflightHeaders,
  requestIdFrom,
  SSE_HEADERS,
  SseSink,
  toHttpError,
  wholeOrChunks,
} from '../transport';
import { headerOf } from './header';
import { readJson } from './read-body';
import { serveAnswer } from './serve-answer';
import { wholeResponse } from './whole-response';

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };
const ALLOWED = { allow: 'POST, OPTIONS' };

/** Answers the requests of one app with `Response` objects. */
export class FetchAdapter<TContext> {
  private readonly heartbeat: Heartbeat;

  constructor(private readonly app: ChatKitApp<Request, TContext>) {
    this.heartbeat = new Heartbeat(app.http.heartbeatMs);
  }

  /** Never rejects: whatever goes wrong is in the response. */
  async serve(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const asked = { method: request.method, url: pathname + search, mount: 'unknown' } as const;
    const answerer = besideChat(this.app, asked);
    if (answerer !== undefined) return serveAnswer(this.app, answerer, request);
    const header = headerOf(request);
    const requestId = requestIdFrom(header('x-request-id'));
    const { cors } = this.app.http;
    let headers: Record<string, string> = { 'x-request-id': requestId };
    const failed = (error: unknown): Response => {
      const { status, headers: more, body } = toHttpError(error, requestId, this.app.services.logger);
      return wholeResponse(request, body, { status, headers: { ...headers, ...more, ...JSON_HEADERS } });
    };
    try {
      headers = { ...headers, ...corsHeaders(cors, header) };
      if (request.method === 'OPTIONS') {
        const answered = { ...preflightHeaders(cors, header), ...ALLOWED };
        return new Response(null, { status: 204, headers: answered });
      }
      if (request.method !== 'POST') {
        headers = { ...headers, ...ALLOWED };
        throw new MethodNotAllowedError();
      }
      assertJson(header);
      const exchange = this.app.handle({
        request,
        readBody: (limits) => readJson(request, limits),
        requestId,
        locale: localeFrom(header('accept-language')),
      });
      const leave = (): void => exchange.disconnected();
      request.signal.addEventListener('abort', leave, { once: true });
      if (request.signal.aborted) leave();
      const answer = await exchange.answer.finally(() => request.signal.removeEventListener('abort', leave));
      if (answer.kind === 'stream') return await this.stream(answer, exchange, request, headers, failed);
      const body = answer.kind === 'json' ? answer.text : wholeOrChunks(answer.pieces);
      return new Response(typeof body === 'string' ? body : ReadableStream.from(encoded(body)), {
        headers: { ...headers, ...JSON_HEADERS },
      });
    } catch (error) {
      return failed(error);
    }
  }

  async close(options?: { timeoutMs?: number }): Promise<void> {
    await this.app.close(options);
    this.heartbeat.stop();
  }

  /** Resolves when it is known whether there is a stream, or an error before its first event. */
  private stream(
    answer: StreamAnswer,
    exchange: Exchange,
    request: Request,
    headers: Record<string, string>,
    failed: (error: unknown) => Response,
  ): Promise<Response> {
    return new Promise((resolve) => {
      const encoder = new TextEncoder();
      let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
      const respond = (): ReadableStreamDefaultController<Uint8Array> => {
        if (controller !== undefined) return controller;
        const body = new ReadableStream<Uint8Array>(
          {
            start(opened) {
              controller = opened;
            },
            pull: () => sink.drained(),
            cancel: () => leave(),
          },
          new ByteLengthQueuingStrategy({ highWaterMark: 64 * 1024 }),
        );
        resolve(new Response(body, { headers: { ...SSE_HEADERS, ...headers } }));
        return controller as unknown as ReadableStreamDefaultController<Uint8Array>;
      };
      const port = {
        head: () => void respond(),
        write(text: string): boolean {
          const target = respond();
          target.enqueue(encoder.encode(text));
          return (target.desiredSize ?? 0) > 0;
        },
        end(text: string): void {
          const target = respond();
          if (text !== '') target.enqueue(encoder.encode(text));
          target.close();
        },
        fail: (error: unknown) => resolve(failed(error)),
      };
      const sink = new SseSink(
        port,
        (closed) => {
          this.heartbeat.remove(closed);
          request.signal.removeEventListener('abort', onAbort);
        },
        (opened) => this.heartbeat.add(opened),
      );
      const leave = (): void => {
        exchange.disconnected();
        sink.abandoned();
      };
      const onAbort = (): void => {
        leave();
        // A client that still reads would wait for ever; one that waits for a response gets an empty one.
        respond().error(request.signal.reason);
      };
      if (request.signal.aborted) sink.abandoned();
      else request.signal.addEventListener('abort', onAbort, { once: true });
      answer.start(sink);
      if (request.signal.aborted) onAbort();
    });
  }
}

function* encoded(chunks: Iterable<string>): Generator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  for (const chunk of chunks) yield encoder.encode(chunk);
}
