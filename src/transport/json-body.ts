import { isUtf8 } from 'node:buffer';
import { BadRequestError, PayloadTooLargeError, UnsupportedMediaTypeError } from '../errors';

const JSON_TYPE = /^application\/(?:json|[\w.+-]+\+json)\s*(?:;|$)/i;
const UTF8 = /^utf-?8$/i;
const CHARSET = /;\s*charset\s*=\s*"?([^";\s]+)/i;

/**
 * Whether a body of this type and encoding can be read. A missing type is taken as JSON.
 *
 * @throws UnsupportedMediaTypeError
 */
export function assertJson(contentType: string | undefined, contentEncoding: string | undefined): void {
  if (contentType !== undefined && contentType !== '') {
    if (!JSON_TYPE.test(contentType)) {
      throw new UnsupportedMediaTypeError(`The content type must be application/json, not "${contentType}".`);
    }
    const charset = CHARSET.exec(contentType)?.[1];
    if (charset !== undefined && !UTF8.test(charset)) {
      throw new UnsupportedMediaTypeError(`The charset must be UTF-8, not "${charset}".`);
    }
  }
  if (
    contentEncoding !== undefined &&
    contentEncoding !== '' &&
    contentEncoding.toLowerCase() !== 'identity'
  ) {
    throw new UnsupportedMediaTypeError(
      `The body must not be compressed, but its encoding is "${contentEncoding}".`,
    );
  }
}

/** @throws PayloadTooLargeError */
export function assertSize(bytes: number, limit: number): void {
  if (bytes > limit) throw bodyTooLarge(limit);
}

export function bodyTooLarge(limit: number): PayloadTooLargeError {
  return new PayloadTooLargeError(`The body is larger than ${String(limit)} bytes.`);
}

/** @throws BadRequestError `invalid_json` */
export function parseJson(body: Buffer | string): unknown {
  if (body.length === 0) {
    throw new BadRequestError('The body is empty: send the request as JSON.', { code: 'empty_body' });
  }
  if (typeof body !== 'string' && !isUtf8(body)) {
    throw new BadRequestError('The body is not UTF-8.', { code: 'invalid_json' });
  }
  try {
    return JSON.parse(typeof body === 'string' ? body : body.toString('utf8')) as unknown;
  } catch (error) {
    throw new BadRequestError('The body is not valid JSON.', { code: 'invalid_json', cause: error });
  }
}
