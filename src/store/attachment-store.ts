import type { Attachment } from '../protocol';
import type { AttachmentHttp } from './attachment-http';
import type { Awaitable } from './awaitable';
import type { StoreScope } from './store';

/** What the client tells of a file before it uploads it. `size` is in bytes. */
export interface AttachmentCreateInput {
  name: string;
  size: number;
  mime_type: string;
}

/** Where the bytes of attachments live. The records about them are in the {@link Store}. */
export interface AttachmentStore {
  /** The new attachment, with an `upload_descriptor` when the bytes are to follow. */
  createAttachment(scope: StoreScope, input: AttachmentCreateInput): Awaitable<Attachment>;
  /** Deletes the bytes. Bytes that are not there are no error. */
  deleteAttachment(scope: StoreScope, attachmentId: string): Awaitable<void>;
  /** There when the adapters are to serve uploads and previews, at `<mount>/attachments`. */
  readonly http?: AttachmentHttp | undefined;
  /** How long a file is kept that no message carries, in milliseconds; for ever by default. */
  readonly keepUnsentMs?: number | undefined;
  /** Removes what broken uploads left before this time (milliseconds since the epoch); returns how many. */
  cleanUpLeftovers?(before: number): Awaitable<number>;
}
