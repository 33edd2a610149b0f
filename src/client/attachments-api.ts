import type { Attachment } from '../protocol';
import type { Connection } from './connection';
import type { CallOptions } from './options';

/** A file that is about to be uploaded. */
export interface AttachmentInput {
  name: string;
  /** In bytes. */
  size: number;
  mime_type: string;
}

/** The operations on attachments. */
export class AttachmentsApi {
  /** @internal */
  constructor(private readonly connection: Connection) {}

  /**
   * Creates an attachment. If the result has an `upload_descriptor`, upload the file's bytes to its `url`.
   *
   * @example
   * const attachment = await client.attachments.create({ name: file.name, size: file.size, mime_type: file.type });
   * const { url, method, headers } = attachment.upload_descriptor!;
   * await fetch(url, { method, headers, body: file });
   * for await (const event of client.threads.create({ content: 'Look.', attachments: [attachment] })) …
   */
  create({ name, size, mime_type }: AttachmentInput, call?: CallOptions): Promise<Attachment> {
    return this.connection.send('attachments.create', { name, size, mime_type }, call);
  }

  /** Deletes an attachment that the user has removed from the composer. */
  async delete(attachmentId: string, call?: CallOptions): Promise<void> {
    await this.connection.send('attachments.delete', { attachment_id: attachmentId }, call);
  }
}
