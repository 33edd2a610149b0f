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

/** A file that is being uploaded. */
export interface IncomingFile {
  name: string | undefined;
  /** As the client sent it, with parameters. */
  mimeType: string | undefined;
  bytes: AsyncIterable<Uint8Array>;
}

/** The inputs of an upload. */
export interface UploadCall {
  readonly env: Environment;
  readonly http: AttachmentHttp;
  readonly scope: StoreScope;
  /** Starts to read the body. Called only after all other checks have passed. */
  readonly openFile: () => Promise<IncomingFile>;
}

/** How long the first of concurrent uploads to one URL is remembered, in ms: longer than uploads overlap. */
const FIRST_FOR = 3_600_000;

/**
 * Receives the bytes of a file that `attachments.create` announced, with the announced size and type.
 * Then the `upload_descriptor` is removed from its record.
 *
 * The bytes are stored first, then the record. If an interrupted upload has left the same bytes, this one
 * continues with the record. Of concurrent uploads that get this far, only the first succeeds.
 *
 * @throws NotFoundError, ConflictError `already_uploaded`, and errors about the bytes; the upload URL
 *   may be used again after these
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

/** Receives a file that was not announced; its record is created now. */
export async function receiveDirect({ env, http, scope, openFile }: UploadCall): Promise<Attachment> {
  const { name = 'file', mimeType = '', bytes } = await openFile();
  const attachment = conformAttachment(await http.describe(scope, { name, mime_type: mimeType }));
  const staged = await http.stage(scope, attachment.id, sized(bytes, 0, http.maxSize));
  // The record first: bytes without a record would never be cleaned up.
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

/** After an error the bytes stay for the next upload or the cleanup; without a record they are deleted. */
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

/** Passes the bytes through; throws if there are too few or too many. */
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

/** Whether the file's type matches the announced one; an unknown type matches too. */
function isOfType(told: string | undefined, announced: string): boolean {
  return told === undefined || [announced, 'application/octet-stream'].includes(essence(told));
}

/** A type without its parameters. */
function essence(type: string): string {
  return (type.split(';')[0] ?? '').trim().toLowerCase();
}

/** If the work fails, calls `undo` and throws the error of the work. */
async function orElse<T>(work: () => Promise<T>, undo: () => Promise<unknown>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await undo().catch(() => undefined);
    throw error;
  }
}
