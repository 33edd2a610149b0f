import {
  BadRequestError,
  ConflictError,
  NotFoundError,
  PayloadTooLargeError,
  UnsupportedMediaTypeError,
} from '../errors';
import { conformAttachment, type Attachment } from '../protocol';
import type { AttachmentHttp, AttachmentLink, StoreScope } from '../store';
import type { Environment } from './environment';

/** A file on its way in. */
export interface IncomingFile {
  name: string | undefined;
  /** As the client says, parameters included. */
  mimeType: string | undefined;
  bytes: AsyncIterable<Uint8Array>;
}

/** What an upload works with. */
export interface UploadCall {
  readonly env: Environment;
  readonly http: AttachmentHttp;
  readonly scope: StoreScope;
  /** Begins to read the body. Nothing is read before everything else is known to be in order. */
  readonly openFile: () => Promise<IncomingFile>;
}

/** How long the first of several uploads to one link is remembered, in milliseconds: longer than they overlap. */
const FIRST_FOR = 3_600_000;

/**
 * The bytes of a file that `attachments.create` announced: as many as it said, of the type it said.
 * Its record then loses its `upload_descriptor`.
 *
 * Bytes come first, then the record. An upload that finds the same bytes there, put by one that was cut
 * off, goes on with the record. Of uploads that come this far at once, one is the first.
 *
 * @throws NotFoundError, ConflictError `already_uploaded`, and what is wrong with the bytes; the link
 * may be tried again
 */
export async function receiveAnnounced(
  { env, http, scope, openFile }: UploadCall,
  id: string,
  { size, mime_type }: AttachmentLink,
): Promise<Attachment> {
  const announced = await env.store.loadAttachment(scope, id);
  if (announced.upload_descriptor === undefined) {
    throw alreadyUploaded();
  }
  const file = await openFile();
  if (!isOfType(file.mimeType, mime_type)) {
    throw new UnsupportedMediaTypeError(`The file was announced as "${mime_type}".`, {
      code: 'wrong_content_type',
    });
  }
  const staged = await http.stage(scope, id, sized(file.bytes, size, size));
  await orElse(
    () => staged.publish(),
    () => staged.discard(),
  );
  const uploaded = await finishRecord(env, scope, id);
  const first = { ifVersion: 0, expiresAt: Date.now() + FIRST_FOR };
  if ((await env.store.putValue(scope, `upload/${id}`, {}, first)) === undefined) throw alreadyUploaded();
  return uploaded;
}

/** A file that comes without announcement: its record is made now. */
export async function receiveDirect({ env, http, scope, openFile }: UploadCall): Promise<Attachment> {
  const { name = 'file', mimeType = '', bytes } = await openFile();
  const attachment = conformAttachment(await http.describe(scope, { name, mime_type: mimeType }));
  const staged = await http.stage(scope, attachment.id, sized(bytes, 0, http.maxSize));
  // The record first: bytes without one would never be cleaned up.
  await orElse(
    async () => env.store.saveAttachment(scope, attachment),
    () => staged.discard(),
  );
  await orElse(
    () => staged.publish(),
    async () => {
      await staged.discard();
      await env.store.deleteAttachment(scope, attachment.id);
    },
  );
  return attachment;
}

/** An error leaves the bytes to the next upload, or to the cleanup; without a record they would stay for ever. */
async function finishRecord(env: Environment, scope: StoreScope, id: string): Promise<Attachment> {
  try {
    const { upload_descriptor: open } = await env.store.loadAttachment(scope, id);
    if (open === undefined) throw alreadyUploaded();
    return await env.store.patchAttachment(scope, id, { upload_descriptor: undefined });
  } catch (error) {
    if (error instanceof NotFoundError) {
      await Promise.resolve(env.attachmentStore?.deleteAttachment(scope, id)).catch(() => undefined);
    }
    throw error;
  }
}

/** The bytes, unless there are too few or too many. */
async function* sized(bytes: AsyncIterable<Uint8Array>, min: number, max: number) {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > max) {
      throw new PayloadTooLargeError(`The file is larger than ${String(max)} bytes.`, {
        code: 'file_too_large',
      });
    }
    yield chunk;
  }
  if (size < min) {
    throw new BadRequestError(`The file has ${String(size)} bytes, and was announced with ${String(min)}.`, {
      code: 'file_too_small',
    });
  }
}

function alreadyUploaded(): ConflictError {
  return new ConflictError('The file has been uploaded already.', { code: 'already_uploaded' });
}

/** Whether a client's word on the type of its file agrees with the announcement; that it knows none does. */
function isOfType(told: string | undefined, announced: string): boolean {
  return told === undefined || [announced, 'application/octet-stream'].includes(essence(told));
}

/** A type without its parameters. */
function essence(type: string): string {
  return (type.split(';')[0] ?? '').trim().toLowerCase();
}

/** When the work fails, what was done before is undone; the caller learns of the first failure. */
async function orElse<T>(work: () => Promise<T>, undo: () => Promise<unknown>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await undo().catch(() => undefined);
    throw error;
  }
}
