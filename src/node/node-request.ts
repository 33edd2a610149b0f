import type { IncomingMessage } from 'node:http';
import type { BodyLimits } from '../app';
import { BadRequestError } from '../errors';
import {
  assertSize,
  bodyAlreadyRead,
  bodyTooLarge,
  ClientGone,
  parseJson,
  type HeaderReader,
  type HttpRequest,
} from '../transport';

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

/** A request whose body some middleware may have parsed already. */
export type MaybeParsed = IncomingMessage & { body?: unknown };

/**
 * The body as JSON data, under the same limits, also where a body parser has parsed it.
 *
 * @throws BadRequestError, PayloadTooLargeError, ClientGone, DeveloperError
 */
export async function readJson(req: MaybeParsed, { bytes, values }: BodyLimits): Promise<unknown> {
  const { 'content-length': length } = req.headers;
  if (length !== undefined) assertSize(Number(length), bytes);
  const parsed = parsedBody(req);
  if (parsed !== undefined) return fromParsed(parsed, { bytes, values }, length !== undefined);
  if (length === '0') return parseJson('', values);
  if (req.readableDidRead || req.readableEnded) throw bodyAlreadyRead();
  if (req.destroyed) throw new ClientGone();
  return parseJson(await readAll(req, bytes), values);
}

/** What a parser left in `req.body`. Some leave an empty object behind for bodies that they did not read. */
function parsedBody(req: MaybeParsed): unknown {
  const { body } = req;
  if (body === undefined || body === null) return undefined;
  const untouched = !req.readableDidRead && typeof body === 'object' && Object.keys(body).length === 0;
  return untouched ? undefined : body;
}

function fromParsed(body: unknown, { bytes, values }: BodyLimits, sized: boolean): unknown {
  if (typeof body === 'string' || Buffer.isBuffer(body)) {
    assertSize(typeof body === 'string' ? Buffer.byteLength(body) : body.length, bytes);
    return parseJson(body, values);
  }
  // A chunked body tells its size only by being written again.
  if (!sized) assertSize(sizeOf(body), bytes);
  return body;
}

function sizeOf(body: unknown): number {
  try {
    return Buffer.byteLength(JSON.stringify(body));
  } catch (error) {
    // Unlike parsing, writing recurses.
    throw new BadRequestError('The body is nested too deep.', { code: 'payload_too_deep', cause: error });
  }
}

interface Reading {
  readonly resolve: (body: Buffer) => void;
  readonly reject: (error: Error) => void;
  readonly chunks: Buffer[];
  size: number;
}

function joined({ chunks, size }: Reading): Buffer {
  const [first] = chunks;
  return first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks, size);
}

function readAll(req: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The listeners live as long as the request, which may be a stream of minutes: to take them off
    // costs more than to have them hold nothing after the first outcome.
    let reading: Reading | undefined = { resolve, reject, chunks: [], size: 0 };
    const end = (): Reading | undefined => {
      const ended = reading;
      reading = undefined;
      return ended;
    };
    req.on('data', (chunk: Buffer) => {
      if (reading === undefined) return;
      reading.size += chunk.length;
      if (reading.size <= limit) reading.chunks.push(chunk);
      else end()?.reject(bodyTooLarge(limit));
    });
    req.on('end', () => {
      const whole = end();
      whole?.resolve(joined(whole));
    });
    // Without a listener for 'error' a broken request emits 'close' alone.
    req.on('close', () => end()?.reject(new ClientGone()));
  });
}
