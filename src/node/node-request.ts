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

/** Adapts a Node request. */
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

  /** Resolves when nothing reads the body any more; closes a reader that has not finished. */
  async released(): Promise<void> {
    await this.reader?.return(undefined).catch(() => undefined);
  }
}

/** Reads a request's headers; the first value of a repeated one. */
function headerOf(req: IncomingMessage): HeaderReader {
  return (name) => {
    const value = req.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
}

/** The body in chunks. Stopping early does not close the connection. */
async function* readBytes(req: MaybeParsed): AsyncGenerator<Uint8Array> {
  if (Buffer.isBuffer(req.body)) {
    yield req.body; // read by express.raw()
    return;
  }
  if (isEmpty(req)) return;
  if (req.readableDidRead || req.readableEnded) throw bodyAlreadyRead();
  if (req.destroyed) throw new ClientGone();
  try {
    for await (const chunk of req.iterator({ destroyOnReturn: false })) yield chunk as Buffer;
  } catch {
    throw new ClientGone();
  }
}

/** A request whose body earlier middleware may have parsed. */
export type MaybeParsed = IncomingMessage & { body?: unknown };

/**
 * Reads the body as JSON data. The limits also apply to a body that a body parser has parsed.
 *
 * @throws BadRequestError, PayloadTooLargeError, ClientGone, DeveloperError
 */
export async function readJson(req: MaybeParsed, { bytes, values }: BodyLimits): Promise<unknown> {
  const { 'content-length': length } = req.headers;
  if (length !== undefined) assertSize(Number(length), bytes);
  const parsed = parsedBody(req);
  if (parsed !== undefined) return fromParsed(parsed, { bytes, values }, length !== undefined);
  if (length === '0' || isEmpty(req)) return parseJson('', values);
  if (req.readableDidRead || req.readableEnded) throw bodyAlreadyRead();
  if (req.destroyed) throw new ClientGone();
  return parseJson(await readAll(req, bytes), values);
}

/** The body that a parser left in `req.body`. Some leave an empty object for bodies they did not read. */
function parsedBody(req: MaybeParsed): unknown {
  const { body } = req;
  if (body === undefined || body === null) return undefined;
  const untouched = !req.readableDidRead && typeof body === 'object' && Object.keys(body).length === 0;
  return untouched ? undefined : body;
}

/** Whether a chunked body had no bytes, and a body parser has read it to its end. */
function isEmpty(req: IncomingMessage): boolean {
  return req.readableEnded && !req.readableDidRead;
}

function fromParsed(body: unknown, { bytes, values }: BodyLimits, sized: boolean): unknown {
  if (typeof body === 'string' || Buffer.isBuffer(body)) {
    assertSize(typeof body === 'string' ? Buffer.byteLength(body) : body.length, bytes);
    return parseJson(body, values);
  }
  // A chunked body has no length header, so its size is measured by serialising it again.
  if (!sized) assertSize(sizeOf(body), bytes);
  return body;
}

function sizeOf(body: unknown): number {
  try {
    return Buffer.byteLength(JSON.stringify(body));
  } catch (error) {
    // Unlike `JSON.parse`, `JSON.stringify` recurses.
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
    // The listeners stay until the request ends, which may take minutes. Removing them costs more than
    // clearing `reading`, so that they keep nothing in memory.
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
    // Without an 'error' listener, a broken request emits only 'close'.
    req.on('close', () => end()?.reject(new ClientGone()));
  });
}
