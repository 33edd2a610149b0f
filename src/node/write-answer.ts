import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { HttpAnswer } from '../transport';
import { endResponse } from './end-response';
import type { NodeRequest } from './node-request';
import type { MaybeParsed } from './read-body';
import { ResponsePort } from './response-port';

/**
 * Writes an answer. Resolves when it is written, or when its events begin.
 *
 * @throws what its bytes or chunks failed with; that the client has left is no error
 */
export async function writeAnswer(
  { status, headers, body }: HttpAnswer,
  request: NodeRequest<MaybeParsed>,
  res: ServerResponse,
): Promise<void> {
  if (body.kind === 'events') {
    body.start(new ResponsePort(res, headers, (answer) => void writeAnswer(answer, request, res)));
    return;
  }
  // Some other middleware (one for timeouts) may have answered meanwhile.
  if (res.destroyed || res.headersSent) return;
  const { native } = request;
  switch (body.kind) {
    case 'none':
      res.writeHead(status, headers);
      endResponse(native, res, '', request.released());
      return;
    case 'text':
      res.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body.text) });
      endResponse(native, res, body.text, request.released());
      return;
    case 'chunks':
      res.writeHead(status, headers);
      await send(body.chunks, res);
      break;
    case 'bytes':
      res.writeHead(status, headers);
      await send(body.bytes, res);
  }
  endResponse(native, res, '', request.released());
}

/** Each chunk when the client has taken those before. What goes wrong now is told by breaking off alone. */
async function send(
  chunks: Iterable<string> | AsyncIterable<Uint8Array>,
  res: ServerResponse,
): Promise<void> {
  try {
    await pipeline(chunks, res, { end: false });
  } catch (error) {
    res.destroy();
    if ((error as NodeJS.ErrnoException | null)?.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
