import type { Attachment } from '../protocol';
import type { Awaitable } from './awaitable';
import type { StoreScope } from './store';

/** What a signed link may be used for. */
export type LinkPurpose = 'upload' | 'preview';

/** The content of a link whose signature has been checked. */
export interface AttachmentLink {
  /** The owner of the attachment. The link carries it, so it needs no other authentication. */
  owner: string;
  /** The exact size of the upload, in bytes. */
  size: number;
  /** The media type that the upload must have. */
  mime_type: string;
}

/** Bytes that have arrived but are not visible to any client yet. */
export interface StagedBytes {
  /**
   * Makes them the bytes of the attachment. If the same bytes are already published, this succeeds: the
   * process that published them may have ended before it wrote the record.
   * @throws ConflictError `already_uploaded` when the attachment has other bytes; these bytes stay staged.
   */
  publish(): Promise<void>;
  /** Deletes the staged bytes. */
  discard(): Promise<void>;
}

/** Bytes that have been published. */
export interface StoredBytes {
  size: number;
  /** Reads the bytes from the start. May be called several times. */
  stream(): AsyncIterable<Uint8Array>;
}

/** The part of an `AttachmentStore` with which the chat's own adapter serves uploads and previews. */
export interface AttachmentHttp {
  /** Whether the adapter accepts uploads to links that `createAttachment` returned. */
  readonly twoPhase: boolean;
  /** Whether the adapter accepts uploads without a prior `createAttachment`. */
  readonly direct: boolean;
  /** The largest file, in bytes. */
  readonly maxSize: number;
  /** @throws ForbiddenError `bad_signature` or `link_expired` */
  checkLink(purpose: LinkPurpose, attachmentId: string, query: URLSearchParams): AttachmentLink;
  /**
   * Returns the attachment for a file of a direct upload. Stores nothing.
   * @throws UnsupportedMediaTypeError when the type is not allowed
   */
  describe(scope: StoreScope, file: { name: string; mime_type: string }): Awaitable<Attachment>;
  /** Receives bytes. Rethrows what `bytes` throws, and then leaves nothing behind. */
  stage(scope: StoreScope, attachmentId: string, bytes: AsyncIterable<Uint8Array>): Promise<StagedBytes>;
  /** @throws NotFoundError */
  read(scope: Pick<StoreScope, 'owner'>, attachmentId: string): Promise<StoredBytes>;
}
