import { BadRequestError, UnsupportedMediaTypeError } from '../../errors';

const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/;

/**
 * A type without its parameters, in lower case. Browsers give none for files that they do not know.
 *
 * @throws BadRequestError `bad_mime_type`
 * @throws UnsupportedMediaTypeError `type_not_allowed`
 */
export function allowedType(given: string, allowed: readonly string[]): string {
  const type = (given.split(';')[0] ?? '').trim().toLowerCase() || 'application/octet-stream';
  if (!MEDIA_TYPE.test(type)) {
    throw new BadRequestError('The type of the file is not a media type, as "image/png".', {
      code: 'bad_mime_type',
    });
  }
  if (!allowed.some((pattern) => fits(type, pattern.toLowerCase()))) {
    throw new UnsupportedMediaTypeError(`Files of type "${type}" are not taken.`, {
      code: 'type_not_allowed',
    });
  }
  return type;
}

function fits(type: string, pattern: string): boolean {
  if (pattern === '*' || pattern === '*/*') return true;
  return pattern.endsWith('/*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}
