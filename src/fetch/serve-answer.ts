import type { ChatKitApp } from '../app';
import { BadRequestError } from '../errors';
import {
  corsHeaders,
  refusal,
  requestIdFrom,
  type Answerer,
  type HeaderReader,
  type HttpAnswer,
} from '../transport';

/** Serves one request for something else than the chat itself. Never rejects. */
export async function serveAnswer<TContext>(
  app: ChatKitApp<Request, TContext>,
  answerer: Answerer<Request>,
  request: Request,
): Promise<Response> {
  const header: HeaderReader = (name) => request.headers.get(name) ?? undefined;
  const requestId = requestIdFrom(header('x-request-id'));
  const { cors } = app.http;
  let common: Record<string, string> = { 'x-request-id': requestId };
  const { method } = request;
  const body = (): AsyncIterable<Uint8Array> => readBytes(request);
  let answer: HttpAnswer;
  try {
    common = { ...common, ...corsHeaders(cors, header) };
    answer = await answerer({ request, requestId, method, header, body });
  } catch (error) {
    answer = refusal(error, requestId, app.services.logger);
  }
  const sent = typeof answer.body === 'object' ? ReadableStream.from(answer.body) : (answer.body ?? null);
  return new Response(sent, { status: answer.status, headers: { ...common, ...answer.headers } });
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
