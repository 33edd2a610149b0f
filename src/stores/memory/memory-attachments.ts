import { type Attachment } from '../../protocol';
import { idTaken, notFound } from '../store-errors';

/** The attachment records of a {@link MemoryStore}. */
export class MemoryAttachments {
  readonly #byId = new Map<string, { owner: string; text: string }>();

  load(owner: string, attachmentId: string): Attachment {
    return JSON.parse(this.#find(owner, attachmentId).text) as Attachment;
  }

  save(owner: string, attachment: Attachment): void {
    const known = this.#byId.get(attachment.id);
    if (known !== undefined && known.owner !== owner) throw idTaken('Attachment', attachment.id);
    this.#byId.set(attachment.id, { owner, text: JSON.stringify(attachment) });
  }

  delete(owner: string, attachmentId: string): void {
    this.#find(owner, attachmentId);
    this.#byId.delete(attachmentId);
  }

  clear(): void {
    this.#byId.clear();
  }

  #find(owner: string, attachmentId: string): { text: string } {
    const record = this.#byId.get(attachmentId);
    if (record?.owner !== owner) throw notFound('Attachment', attachmentId);
    return record;
  }
}
