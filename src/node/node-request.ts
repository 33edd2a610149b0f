import type { IncomingMessage } from 'node:http';
import type { BodyLimits } from '../app';
import { bodyAlreadyRead, ClientGone, type HeaderReader, type HttpRequest } from '../transport';
import { parsedBody, readJson, type MaybeParsed } from './read-body';

/** A request of Node as answers read it. */
export class NodeRequest<TRequest extends MaybeParsed> implements HttpRequest<TRequest> {
  readonly header: HeaderReader;
  private reader: AsyncGenerator<Uint8Array> | undefined;

  constructor(readonly native: TRequest) {
    this.header = headerOf(native);
  }

  get method(): string {
    return this.native.method ?? 'GET';
  }

  get isParsed(): boolean {
    return parsedBody(this.native) !== undefined;
  }

  json(limits: BodyLimits): Promise<unknown> {
    return readJson(this.native, limits);
  }

  bytes(): AsyncIterable<Uint8Array> {
    return (this.reader = readBytes(this.native));
  }

  /** Resolves when nothing reads the body any more: a reader may have been left in the middle of it. */
  async released(): Promise<void> {
    await this.reader?.return(undefined).catch(() => undefined);
  }
}

/** Reads a request's headers; of one that came several times, the first. */
function headerOf(req: IncomingMessage): HeaderReader {
  return (name) => {
    const value = req.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
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
