import type { ChatKitApp } from '../app';
import { BadRequestError } from '../errors';
import {
  bodyAlreadyRead,
  corsHeaders,
  refusal,
  requestIdFrom,
  type Answerer,
  type HttpAnswer,
} from '../transport';
import { headerOf } from './header';
import { wholeResponse } from './whole-response';

/** Serves one request for something else than the chat itself. Never rejects. */
export async function serveAnswer<TContext>(
  app: ChatKitApp<Request, TContext>,
  answerer: Answerer<Request>,
  request: Request,
): Promise<Response> {
  const header = headerOf(request);
  const requestId = requestIdFrom(header('x-request-id'));
  const { cors } = app.http;
  let common: Record<string, string> = { 'x-request-id': requestId };
  const { method } = request;
  let reader: AsyncGenerator<Uint8Array> | undefined;
  const body = (): AsyncIterable<Uint8Array> => (reader = readBytes(request));
  let answer: HttpAnswer;
  try {
    common = { ...common, ...corsHeaders(cors, header) };
    answer = await answerer({ request, requestId, method, header, body });
  } catch (error) {
    answer = refusal(error, requestId, app.services.logger);
  }
  const init = { status: answer.status, headers: { ...common, ...answer.headers } };
  if (typeof answer.body === 'object') return new Response(ReadableStream.from(answer.body), init);
  return wholeResponse(request, answer.body ?? null, init, reader);
}

async function* readBytes(request: Request): AsyncGenerator<Uint8Array> {
  if (request.bodyUsed || request.body?.locked === true) throw bodyAlreadyRead();
  if (request.body === null) return;
  const body = request.body.values({ preventCancel: true }) as AsyncIterable<Uint8Array>;
  try {
    for await (const chunk of body) yield chunk;
  } catch (error) {
    throw new BadRequestError('The request body broke off.', { code: 'body_incomplete', cause: error });
  }
}
