import { type Attachment } from '../../protocol';
import { type AttachmentPatch } from '../../store';
import { idTaken, notFound } from '../store-errors';
import { takeAttachmentPatch } from '../take-patch';

/** The attachment records of a {@link MemoryStore}. */
export class MemoryAttachments {
  readonly #byId = new Map<string, { owner: string; text: string; createdAt: number }>();

  load(owner: string, attachmentId: string): Attachment {
    return JSON.parse(this.#find(owner, attachmentId).text) as Attachment;
  }

  save(owner: string, attachment: Attachment): void {
    const known = this.#byId.get(attachment.id);
    if (known !== undefined && known.owner !== owner) throw idTaken('Attachment', attachment.id);
    const createdAt = known?.createdAt ?? Date.now();
    this.#byId.set(attachment.id, { owner, text: JSON.stringify(attachment), createdAt });
  }

  patch(owner: string, attachmentId: string, patch: AttachmentPatch): Attachment {
    const record = this.#find(owner, attachmentId);
    record.text = takeAttachmentPatch(patch)(record.text);
    return JSON.parse(record.text) as Attachment;
  }

  delete(owner: string, attachmentId: string): void {
    this.#find(owner, attachmentId);
    this.#byId.delete(attachmentId);
  }

  /** A map keeps its entries in the order of their first saving. */
  listUnsent(before: number): (Attachment & { owner: string })[] {
    return [...this.#byId.values()]
      .filter(({ createdAt }) => createdAt < before)
      .map(({ owner, text }) => ({ ...(JSON.parse(text) as Attachment), owner }))
      .filter(({ thread_id }) => thread_id === undefined);
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
