import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { HttpAnswer, SsePort } from '../transport';
import { endResponse } from './end-response';
import type { MaybeParsed, NodeRequest } from './node-request';

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

/** A stream's way into a Node response. */
export class ResponsePort implements SsePort {
  private drained: () => void = () => undefined;

  constructor(
    private readonly res: ServerResponse,
    private readonly headers: Readonly<Record<string, string>>,
    readonly instead: (answer: HttpAnswer) => void,
  ) {}

  onDrain(listener: () => void): void {
    this.drained = listener;
  }

  head(): void {
    this.writeHead({});
    this.res.flushHeaders();
  }

  write(text: string): boolean {
    const goOn = this.res.write(text);
    if (!goOn) this.res.once('drain', this.drained);
    return goOn;
  }

  end(text: string): void {
    // A run that is over within its first turn goes out in one piece, and needs no chunks.
    if (!this.res.headersSent) this.writeHead({ 'content-length': Buffer.byteLength(text) });
    this.res.end(text);
  }

  private writeHead(more: OutgoingHttpHeaders): void {
    // Some other middleware (one for timeouts) may have answered meanwhile; then `close` ends the run.
    if (!this.res.headersSent) this.res.writeHead(200, { ...this.headers, ...more });
  }
}
