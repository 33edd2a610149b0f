import type { AttachmentDesk, ChatKitApp } from '../app';
import { BadRequestError } from '../errors';
import {
  answerAttachment,
  corsHeaders,
  requestIdFrom,
  toHttpError,
  type AttachmentRoute,
  type HeaderReader,
} from '../transport';

/** Serves one request for an attachment. Never rejects. */
export async function serveAttachment<TContext>(
  app: ChatKitApp<Request, TContext>,
  desk: AttachmentDesk<Request>,
  route: AttachmentRoute,
  request: Request,
): Promise<Response> {
  const header: HeaderReader = (name) => request.headers.get(name) ?? undefined;
  const requestId = requestIdFrom(header('x-request-id'));
  const { cors } = app.http;
  const common = { 'x-request-id': requestId, ...corsHeaders(cors, header) };
  try {
    const { method } = request;
    const body = (): AsyncIterable<Uint8Array> => readBytes(request);
    const answer = await answerAttachment(desk, { route, request, requestId, method, header, body }, cors);
    const stream = typeof answer.body === 'object' ? ReadableStream.from(answer.body) : answer.body;
    return new Response(stream ?? null, {
      status: answer.status,
      headers: { ...common, ...answer.headers },
    });
  } catch (error) {
    const { status, body } = toHttpError(error, requestId, app.services.logger);
    const headers = { ...common, 'content-type': 'application/json; charset=utf-8' };
    return new Response(body, { status, headers });
  }
}

async function* readBytes(request: Request): AsyncGenerator<Uint8Array> {
  if (request.bodyUsed || request.body?.locked === true) {
    throw new BadRequestError('Something has read the request body before the chat did.', {
      code: 'body_already_read',
    });
  }
  if (request.body === null) return;
  const body = request.body.values({ preventCancel: true }) as AsyncIterable<Uint8Array>;
  const iterator = body[Symbol.asyncIterator]();
  for (;;) {
    let result: IteratorResult<Uint8Array>;
    try {
      result = await iterator.next();
    } catch (error) {
      throw new BadRequestError('The request body broke off.', { code: 'body_incomplete', cause: error });
    }
    if (result.done === true) return;
    yield result.value;
  }
}
