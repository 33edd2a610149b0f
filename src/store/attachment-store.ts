import type { Attachment } from '../protocol';
import type { AttachmentHttp } from './attachment-http';
import type { Awaitable } from './awaitable';
import type { StoreScope } from './store';

/** What the client says about a file before it uploads it. `size` is in bytes. */
export interface AttachmentCreateInput {
  name: string;
  size: number;
  mime_type: string;
}

/** Keeps the bytes of attachments. The {@link Store} keeps the records about them. */
export interface AttachmentStore {
  /** Returns the new attachment, with an `upload_descriptor` if the client uploads the bytes next. */
  createAttachment(scope: StoreScope, input: AttachmentCreateInput): Awaitable<Attachment>;
  /** Deletes the bytes. Missing bytes are not an error. */
  deleteAttachment(scope: StoreScope, attachmentId: string): Awaitable<void>;
  /** Set if the adapters serve uploads and previews, at `<mount>/attachments`. */
  readonly http?: AttachmentHttp | undefined;
  /**
   * How long a file that no message carries is kept, in milliseconds. If it is set, the app deletes older ones
   * when it starts. Otherwise only `app.cleanUpAttachments()` deletes them, after a day.
   */
  readonly keepUnsentMs?: number | undefined;
  /**
   * Deletes what interrupted uploads left before this time (milliseconds since the epoch). Returns how many.
   */
  cleanUpLeftovers?(before: number): Awaitable<number>;
}
