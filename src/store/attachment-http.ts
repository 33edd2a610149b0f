import type { Attachment } from '../protocol';
import type { Awaitable } from './awaitable';
import type { StoreScope } from './store';

/** What a signed link is good for. */
export type LinkPurpose = 'upload' | 'preview';

/** What a link says, once its signature has been checked. */
export interface AttachmentLink {
  /** Whose attachment it is: the link carries its scope, and needs no other authentication. */
  owner: string;
  /** How many bytes an upload must have. */
  size: number;
  /** The type that an upload must be of. */
  mime_type: string;
}

/** Bytes that have arrived, and that no client sees yet. */
export interface StagedBytes {
  /**
   * Makes them the attachment's. If the very same bytes are there already, that will do: the process
   * that put them there may have ended before their record was written.
   * @throws ConflictError `already_uploaded` when it has other bytes; then these are still staged.
   */
  publish(): Promise<void>;
  /** Forgets them. */
  discard(): Promise<void>;
}

/** Bytes that are there. */
export interface StoredBytes {
  size: number;
  /** Opens them from the start; may be called several times. */
  stream(): AsyncIterable<Uint8Array>;
}

/** What an `AttachmentStore` offers whose bytes come and go through the chat's own adapter. */
export interface AttachmentHttp {
  /** Whether the adapter takes uploads to links that `createAttachment` gave out. */
  readonly twoPhase: boolean;
  /** Whether the adapter takes uploads without announcement. */
  readonly direct: boolean;
  /** The largest file, in bytes. */
  readonly maxSize: number;
  /** @throws ForbiddenError `bad_signature` or `link_expired` */
  checkLink(purpose: LinkPurpose, attachmentId: string, query: URLSearchParams): AttachmentLink;
  /**
   * The attachment for a file that comes without announcement; it stores nothing.
   * @throws UnsupportedMediaTypeError when the type is not allowed
   */
  describe(scope: StoreScope, file: { name: string; mime_type: string }): Awaitable<Attachment>;
  /** Takes bytes in. Whatever `bytes` throws is thrown on, and nothing is left behind. */
  stage(scope: StoreScope, attachmentId: string, bytes: AsyncIterable<Uint8Array>): Promise<StagedBytes>;
  /** @throws NotFoundError */
  read(scope: Pick<StoreScope, 'owner'>, attachmentId: string): Promise<StoredBytes>;
}
