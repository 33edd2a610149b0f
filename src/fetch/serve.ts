import type { ChatKitApp } from '../app';
import { BadRequestError } from '../errors';
import type { Answer } from '../operations';
import {
  assertJson,
  assertSize,
  corsHeaders,
  Heartbeat,
  localeFrom,
  parseJson,
  preflightHeaders,
  requestIdFrom,
  SSE_HEADERS,
  SseSink,
  toHttpError,
  type HeaderReader,
} from '../transport';

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

/** Answers the requests of one app with `Response` objects. */
export class FetchDoor<TContext> {
  private readonly heartbeat: Heartbeat;

  constructor(private readonly app: ChatKitApp<Request, TContext>) {
    this.heartbeat = new Heartbeat(app.http.heartbeatMs);
  }

  /** Never rejects: whatever goes wrong is in the response. */
  async serve(request: Request): Promise<Response> {
    const header: HeaderReader = (name) => request.headers.get(name) ?? undefined;
    const requestId = requestIdFrom(header('x-request-id'));
    const { cors } = this.app.http;
    const headers = { 'x-request-id': requestId, ...corsHeaders(cors, header) };
    const failed = (error: unknown): Response => {
      const { status, body } = toHttpError(error, requestId, this.app.services.logger);
      return new Response(body, { status, headers: { ...headers, ...JSON_HEADERS } });
    };
    if (request.method === 'OPTIONS') {
      return new Response(null, {
        status: 204,
        headers: { ...preflightHeaders(cors, header), allow: 'POST, OPTIONS' },
      });
    }
    if (request.method !== 'POST') {
      const error = {
        code: 'method_not_allowed',
        message: 'Send ChatKit requests by POST.',
        request_id: requestId,
      };
      return new Response(JSON.stringify({ error }), {
        status: 405,
        headers: { ...headers, ...JSON_HEADERS, allow: 'POST, OPTIONS' },
      });
    }
    try {
      const body = await readJson(request, this.app.http.bodyLimit);
      const locale = localeFrom(header('accept-language'));
      const answer = await this.app.handle({ request, body, requestId, locale });
      if (answer.kind === 'json') {
        return new Response(answer.text, { headers: { ...headers, ...JSON_HEADERS } });
      }
      return await this.stream(answer, request, headers, failed);
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
    answer: Extract<Answer, { kind: 'stream' }>,
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
      const sink = new SseSink(port, (closed) => this.heartbeat.remove(closed));
      const leave = (): void => {
        handle.disconnected();
        sink.abandoned();
      };
      this.heartbeat.add(sink);
      const handle = answer.start(sink);
      request.signal.addEventListener('abort', leave, { once: true });
    });
  }
}

async function readJson(request: Request, limit: number): Promise<unknown> {
  assertJson(
    request.headers.get('content-type') ?? undefined,
    request.headers.get('content-encoding') ?? undefined,
  );
  const length = request.headers.get('content-length');
  if (length !== null) assertSize(Number(length), limit);
  if (request.bodyUsed) {
    throw new BadRequestError('Something has read the request body before the chat did.', {
      code: 'body_already_read',
    });
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    assertSize(size, limit);
    chunks.push(chunk);
  }
  return parseJson(Buffer.concat(chunks, size));
}
