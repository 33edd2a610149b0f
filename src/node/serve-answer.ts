import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
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
import { ClientGone, type MaybeParsed } from './read-body';

/** How long what is left of a refused body is read and dropped, in milliseconds, so that the answer arrives. */
const LINGER = 10_000;

/** Serves one request for something else than the chat itself. Never rejects. */
export async function serveAnswer<TRequest extends MaybeParsed, TContext>(
  app: ChatKitApp<TRequest, TContext>,
  answerer: Answerer<TRequest>,
  req: TRequest,
  res: ServerResponse,
): Promise<void> {
  const { logger } = app.services;
  const { cors } = app.http;
  const header: HeaderReader = (name) => {
    const value = req.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const requestId = requestIdFrom(header('x-request-id'));
  res.on('error', (error) => logger.debug({ err: error, requestId }, 'a response broke off'));
  let common: Record<string, string> = { 'x-request-id': requestId };
  let answer: HttpAnswer;
  try {
    common = { ...common, ...corsHeaders(cors, header) };
    const method = req.method ?? 'GET';
    const body = (): AsyncIterable<Uint8Array> => readBytes(req);
    answer = await answerer({ request: req, requestId, method, header, body });
  } catch (error) {
    if (error instanceof ClientGone) return;
    answer = refusal(error, requestId, logger);
  }
  try {
    await send(answer, common, req, res);
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
): Promise<void> {
  if (res.destroyed || res.headersSent) return;
  const length = typeof body === 'string' ? { 'content-length': Buffer.byteLength(body) } : {};
  res.writeHead(status, { ...common, ...headers, ...length });
  if (body === undefined || typeof body === 'string') res.end(body);
  else await pipeline(body, res);
  if (req.complete || req.destroyed) return;
  // A client that is still sending would be cut off before it has read why it was refused.
  const timer = setTimeout(() => req.destroy(), LINGER).unref();
  req.on('close', () => clearTimeout(timer)).resume();
}

/** The body in chunks, without an end to the connection when somebody stops reading. */
async function* readBytes(req: MaybeParsed): AsyncGenerator<Uint8Array> {
  if (Buffer.isBuffer(req.body)) {
    yield req.body; // express.raw() was here
    return;
  }
  if (req.readableDidRead || req.readableEnded) {
    throw new BadRequestError(
      'Something has read the request body before the chat did. Mount the chat before it.',
      { code: 'body_already_read' },
    );
  }
  if (req.destroyed) throw new ClientGone();
  try {
    for await (const chunk of req.iterator({ destroyOnReturn: false })) yield chunk as Buffer;
  } catch {
    throw new ClientGone();
  }
}
