import { BadRequestError, PayloadTooLargeError, UnsupportedMediaTypeError } from '../errors';
import type { IncomingFile } from '../operations';
import type { HeaderReader } from './cors';
import { boundaryOf, readForm, type FormEvent } from './multipart';

/**
 * How many bytes a form may contain besides its file: other fields, part headers, boundaries, and text
 * before and after the form.
 */
const EXTRA_LIMIT = 64 * 1024;

/**
 * Finds the file in a body: the field `file` of a form, or the body itself if `raw` is set. Its bytes end
 * without an error only if the whole body is valid.
 *
 * @throws UnsupportedMediaTypeError, BadRequestError
 */
export async function incomingFile(
  header: HeaderReader,
  body: () => AsyncIterable<Uint8Array>,
  { raw }: { raw: boolean },
): Promise<IncomingFile> {
  const encoding = header('content-encoding')?.toLowerCase();
  if (encoding !== undefined && encoding !== '' && encoding !== 'identity') {
    throw new UnsupportedMediaTypeError(`Send the file as it is, without the encoding "${encoding}".`);
  }
  const contentType = header('content-type');
  const boundary = boundaryOf(contentType);
  if (boundary !== undefined) return fileOfForm(body(), boundary);
  if (!raw) {
    throw new UnsupportedMediaTypeError('Send the file as the field "file" of multipart/form-data.', {
      code: 'form_expected',
    });
  }
  return { name: undefined, mimeType: contentType === '' ? undefined : contentType, bytes: body() };
}

async function fileOfForm(body: AsyncIterable<Uint8Array>, boundary: string): Promise<IncomingFile> {
  const count = extraBytes();
  const form = readForm(body, boundary, count);
  for (;;) {
    const { done, value } = await form.next();
    if (done === true) {
      throw new BadRequestError('The form has no file in a field "file".', { code: 'no_file' });
    }
    if (value.part === undefined) count(value.bytes.length);
    else if (value.part.name === 'file' && value.part.filename !== undefined) {
      const { filename, type } = value.part;
      return { name: filename, mimeType: type, bytes: restOf(form, count) };
    }
  }
}

/** Yields the bytes of the current part, then reads the rest of the form. A second file is an error. */
async function* restOf(
  form: AsyncGenerator<FormEvent, void>,
  count: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let inFile = true;
  for await (const { part, bytes } of form) {
    if (part !== undefined) {
      inFile = false;
      if (part.filename !== undefined) {
        throw new BadRequestError('Send one file at a time.', { code: 'too_many_files' });
      }
    } else if (inFile) yield bytes;
    else count(bytes.length);
  }
}

/** Counts bytes outside the file; throws above the limit. */
function extraBytes(): (bytes: number) => void {
  let size = 0;
  return (bytes) => {
    size += bytes;
    if (size > EXTRA_LIMIT) {
      throw new PayloadTooLargeError('The form contains too much data besides the file.', {
        code: 'form_too_large',
      });
    }
  };
}
