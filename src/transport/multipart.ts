import { BadRequestError } from '../errors';
import { ByteReader } from './byte-reader';

/** The headers of one part of a form. */
export interface PartHead {
  name: string;
  /** Set if the part is a file. */
  filename: string | undefined;
  type: string | undefined;
}

/** The start of a part, or more bytes of the current part. */
export type FormEvent = { part: PartHead; bytes?: never } | { bytes: Buffer; part?: never };

const CRLF = Buffer.from('\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');
const HEAD_LIMIT = 16 * 1024;
const MULTIPART = /^multipart\/form-data\s*(?:;|$)/i;
const BOUNDARY = /;\s*boundary=(?:"([^"]{1,70})"|([^\s";]{1,70}))\s*(?:;|$)/i;

/** The boundary of a form; `undefined` for another content type. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  if (contentType === undefined || !MULTIPART.test(contentType)) return undefined;
  const match = BOUNDARY.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) throw malformed('its boundary is missing');
  return boundary;
}

/**
 * Reads a `multipart/form-data` body (RFC 7578) as a stream, with only one chunk in memory. It ends
 * without an error only if the form is complete and the body has ended.
 *
 * @param count gets the number of bytes outside the parts' content: preamble, boundaries, part headers,
 *   epilogue. An error that it throws stops the reading.
 * @throws BadRequestError `bad_multipart`
 */
export async function* readForm(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  count: (bytes: number) => void,
): AsyncGenerator<FormEvent, void> {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const reader = new ByteReader(body, CRLF); // makes the first delimiter like the others
  try {
    if (!(await skip(reader.until(delimiter), count))) throw malformed('its boundary does not occur');
    for (;;) {
      count(delimiter.length + 2);
      const after = (await reader.take(2)).toString('latin1');
      if (after === '--') break;
      if (after !== '\r\n') throw malformed('a boundary is not a line of its own');
      const head = await reader.head(HEAD_END, HEAD_LIMIT);
      if (head === undefined) throw malformed('the headers of a part do not end');
      count(head.length + HEAD_END.length);
      yield { part: parseHead(head.toString('utf8')) };
      const content = reader.until(delimiter);
      for (;;) {
        const read = await content.next();
        if (read.done !== true) yield { bytes: read.value };
        else if (read.value) break;
        else throw malformed('it is incomplete');
      }
    }
    await skip(reader.toEnd(), count);
  } finally {
    await reader.close();
  }
}

/** Reads and drops all pieces; resolves with the generator's return value. */
async function skip<T>(pieces: AsyncGenerator<Buffer, T>, count: (bytes: number) => void): Promise<T> {
  for (;;) {
    const read = await pieces.next();
    if (read.done === true) return read.value;
    count(read.value.length);
  }
}

function parseHead(head: string): PartHead {
  const headers = new Map<string, string>();
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  const disposition = headers.get('content-disposition') ?? '';
  const name = /^form-data\s*;/i.test(disposition) ? parameter(disposition, 'name') : undefined;
  if (name === undefined) throw malformed('a part has no name');
  return { name, filename: parameter(disposition, 'filename'), type: headers.get('content-type') };
}

/** A parameter of a header, quoted or not. */
function parameter(header: string, name: string): string | undefined {
  for (const [, key, quoted, bare] of header.matchAll(/;\s*([^\s=;]+)=(?:"((?:\\"|[^"])*)"|([^\s;"]*))/g)) {
    if (key?.toLowerCase() === name) return quoted === undefined ? bare : unquote(quoted);
  }
  return undefined;
}

/** Browsers escape only quotes and line breaks, as `%22`, `%0D` and `%0A`; curl escapes quotes with `\`. */
function unquote(text: string): string {
  return text
    .replaceAll('\\"', '"')
    .replace(/%(22|0D|0A)/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

function malformed(what: string): BadRequestError {
  return new BadRequestError(`The form cannot be read: ${what}.`, { code: 'bad_multipart' });
}
