import type { BodyLimits } from '../app';
import { BadRequestError } from '../errors';
import { bodyAlreadyRead, type HeaderReader, type HttpRequest } from '../transport';
import { readJson } from './read-body';

/** Adapts a fetch request. */
export class FetchRequest implements HttpRequest<Request> {
  readonly header: HeaderReader;
  readonly isParsed = false;
  /** A reader of the body, which may not have finished. */
  reader: AsyncGenerator<Uint8Array> | undefined;

  constructor(readonly native: Request) {
    this.header = headerOf(native);
  }

  get method(): string {
    return this.native.method;
  }

  json(limits: BodyLimits): Promise<unknown> {
    return readJson(this.native, limits);
  }

  bytes(): AsyncIterable<Uint8Array> {
    return (this.reader = readBytes(this.native));
  }
}

/** Reads a request's headers. Some hosts do not include `Host`. */
function headerOf(request: Request): HeaderReader {
  return (name) => request.headers.get(name) ?? (name === 'host' ? new URL(request.url).host : undefined);
}

async function* readBytes(request: Request): AsyncGenerator<Uint8Array> {
  if (request.bodyUsed || request.body?.locked === true) throw bodyAlreadyRead();
  if (request.body === null) return;
  const body = request.body.values({ preventCancel: true }) as AsyncIterable<Uint8Array>;
  try {
    for await (const chunk of body) yield chunk;
  } catch (error) {
    throw new BadRequestError('The request body is incomplete.', { code: 'body_incomplete', cause: error });
  }
}
