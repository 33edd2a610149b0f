/** Where and how the client sends the bytes of a two-phase upload. */
export interface AttachmentUploadDescriptor {
  url: string;
  method: 'POST' | 'PUT';
  headers?: Record<string, string> | undefined;
}

interface AttachmentBase {
  id: string;
  name: string;
  mime_type: string;
  /** Present until the bytes have arrived. Direct uploads never have one. */
  upload_descriptor?: AttachmentUploadDescriptor | undefined;
  /** Set when the message that carries the attachment is stored. */
  thread_id?: string | undefined;
  /** The app's own data. It is stored and never sent to the client. */
  metadata?: Record<string, unknown> | undefined;
}

/** A file that is not shown as an image. */
export interface FileAttachment extends AttachmentBase {
  type: 'file';
}

/** An image; the client shows `preview_url`. */
export interface ImageAttachment extends AttachmentBase {
  type: 'image';
  preview_url: string;
}

/** A file that the user has attached, without its bytes. */
export type Attachment = FileAttachment | ImageAttachment;
