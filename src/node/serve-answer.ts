import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { ChatKitApp } from '../app';
import { readable } from '../errors';
import {
  bodyAlreadyRead,
  corsHeaders,
  refusal,
  requestIdFrom,
  type Answerer,
  type HttpAnswer,
} from '../transport';
import { endResponse } from './end-response';
import { headerOf } from './header';
import { ClientGone, type MaybeParsed } from './read-body';

/** Serves one request for something else than the chat itself. Never rejects. */
export async function serveAnswer<TRequest extends MaybeParsed, TContext>(
  app: ChatKitApp<TRequest, TContext>,
  answerer: Answerer<TRequest>,
  req: TRequest,
  res: ServerResponse,
): Promise<void> {
  const { logger } = app.services;
  const { cors } = app.http;
  const header = headerOf(req);
  const requestId = requestIdFrom(header('x-request-id'));
  res.on('error', (error) => logger.debug({ err: error, requestId }, 'a response broke off'));
  let common: Record<string, string> = { 'x-request-id': requestId };
  let bytes: AsyncGenerator<Uint8Array> | undefined;
  let answer: HttpAnswer;
  try {
    common = { ...common, ...corsHeaders(cors, header) };
    const method = req.method ?? 'GET';
    const body = (): AsyncIterable<Uint8Array> => (bytes = readBytes(req));
    answer = await answerer({ request: req, requestId, method, header, body });
  } catch (thrown) {
    const error = readable(thrown);
    if (error instanceof ClientGone) return;
    answer = refusal(error, requestId, logger);
  }
  try {
    // A reader that was left in the middle of the body keeps all others from the rest.
    const free = bytes?.return(undefined).catch(() => undefined);
    await send(answer, common, req, res, free);
  } catch (error) {
    logger.debug({ err: error, requestId }, 'a file was not wholly sent');
    res.destroy();
  }
}

async function send(
  { status, headers, body }: HttpAnswer,
  common: Record<string, string>,
  req: MaybeParsed,
  res: ServerResponse,
  free: Promise<unknown> | undefined,
): Promise<void> {
  if (res.destroyed || res.headersSent) return;
  const length = typeof body === 'string' ? { 'content-length': Buffer.byteLength(body) } : {};
  res.writeHead(status, { ...common, ...headers, ...length });
  if (typeof body === 'object') await pipeline(body, res, { end: false });
  endResponse(req, res, typeof body === 'string' ? body : undefined, free);
}

/** The body in chunks, without an end to the connection when the reading stops early. */
async function* readBytes(req: MaybeParsed): AsyncGenerator<Uint8Array> {
  if (Buffer.isBuffer(req.body)) {
    yield req.body; // express.raw() was here
    return;
  }
  if (req.readableDidRead || req.readableEnded) throw bodyAlreadyRead();
  if (req.destroyed) throw new ClientGone();
  try {
    for await (const chunk of req.iterator({ destroyOnReturn: false })) yield chunk as Buffer;
  } catch {
    throw new ClientGone();
  }
}
