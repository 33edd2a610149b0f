import { BadRequestError, UnsupportedMediaTypeError } from '../../errors';

// RFC 6838, section 4.2, limits each name to 127 characters.
const MEDIA_TYPE = /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}$/;
const WILDCARD = /^[\w!#$&^.+-]+\/\*$/;
const ENDING = /^(?:\.[^./\\\s]+)+$/;

/** The type that browsers and programs use for unknown content. */
const UNKNOWN = 'application/octet-stream';

/** Types that some browsers do not know: they send such files without a type. */
const TYPES_BY_ENDING: Readonly<Record<string, string>> = Object.freeze({
  '.heic': 'image/heic',
  '.heif': 'image/heif',
  '.avif': 'image/avif',
  '.csv': 'text/csv',
  '.md': 'text/markdown',
  '.markdown': 'text/markdown',
});

/** What a client says about a file. */
interface Told {
  name: string;
  mime_type: string;
}

/** Whether an entry of `allowedTypes` can match any file. */
export function canAllow(entry: unknown): boolean {
  if (typeof entry !== 'string') return false;
  return entry === '*' || entry === '*/*' || [MEDIA_TYPE, WILDCARD, ENDING].some((form) => form.test(entry));
}

/**
 * Returns a file's type without its parameters, in lower case. Browsers send no type for files that they do
 * not know: then the file name's ending decides.
 *
 * @param allowed types, such as `image/png` or `image/*`, and endings of names, such as `.heic`
 * @throws BadRequestError `bad_mime_type`
 * @throws UnsupportedMediaTypeError `type_not_allowed`
 */
export function allowedType({ name, mime_type }: Told, allowed: readonly string[]): string {
  const told = essence(mime_type) || UNKNOWN;
  if (!MEDIA_TYPE.test(told)) {
    throw new BadRequestError('The type of the file is not a media type such as "image/png".', {
      code: 'bad_mime_type',
    });
  }
  const type = told === UNKNOWN ? (TYPES_BY_ENDING[endingOf(name)] ?? told) : told;
  if (!allowed.some((entry) => fits(entry.toLowerCase(), [told, type], name.toLowerCase()))) {
    throw new UnsupportedMediaTypeError(
      `Files of type "${type}" are not allowed. Allowed types: ${allowed.join(', ')}.`,
      {
        code: 'type_not_allowed',
      },
    );
  }
  return type;
}

/** A type without its parameters, in lower case. */
export function essence(type: string): string {
  return (type.split(';')[0] ?? '').trim().toLowerCase();
}

function endingOf(name: string): string {
  return name.slice(name.lastIndexOf('.')).toLowerCase();
}

function fits(entry: string, types: readonly string[], name: string): boolean {
  if (entry === '*' || entry === '*/*') return true;
  if (entry.startsWith('.')) return name.endsWith(entry);
  return types.some((type) => (entry.endsWith('/*') ? type.startsWith(entry.slice(0, -1)) : type === entry));
}
