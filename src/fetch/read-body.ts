import type { BodyLimits } from '../app';
import { BadRequestError, ChatError } from '../errors';
import { assertSize, bodyAlreadyRead, parseJson } from '../transport';

/**
 * Reads the body as JSON data.
 *
 * @throws BadRequestError, PayloadTooLargeError, DeveloperError
 */
export async function readJson(request: Request, { bytes, values }: BodyLimits): Promise<unknown> {
  const length = request.headers.get('content-length');
  if (length !== null) assertSize(Number(length), bytes);
  if (request.bodyUsed || request.body?.locked === true) throw bodyAlreadyRead();
  return parseJson(await readAll(request, bytes), values);
}

async function readAll(request: Request, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    // Cancelling a body that is too large would close the connection before the answer is sent.
    const body = (request.body?.values({ preventCancel: true }) ?? []) as AsyncIterable<Uint8Array>;
    for await (const chunk of body) {
      size += chunk.length;
      assertSize(size, limit);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof ChatError) throw error;
    throw new BadRequestError('The request body is incomplete.', { code: 'body_incomplete', cause: error });
  }
  return Buffer.concat(chunks, size);
}
