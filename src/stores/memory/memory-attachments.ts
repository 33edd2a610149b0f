import { type Attachment, type Page } from '../../protocol';
import { type AttachmentPatch, type BatchOptions } from '../../store';
import { batchOf, behind } from '../batch';
import { idTaken, notFound } from '../store-errors';
import { takeAttachmentPatch } from '../take-patch';

interface AttachmentRecord {
  readonly seq: number;
  readonly owner: string;
  readonly createdAt: number;
  text: string;
  /** Whether a message carries the attachment. */
  isSent: boolean;
}

/** The attachment records of a {@link MemoryStore}. */
export class MemoryAttachments {
  readonly #byId = new Map<string, AttachmentRecord>();
  #seq = 0;

  load(owner: string, attachmentId: string): Attachment {
    return JSON.parse(this.#find(owner, attachmentId).text) as Attachment;
  }

  save(owner: string, attachment: Attachment): void {
    const known = this.#byId.get(attachment.id);
    if (known !== undefined && known.owner !== owner) throw idTaken('Attachment', attachment.id);
    const createdAt = known?.createdAt ?? Date.now();
    this.#byId.set(attachment.id, {
      seq: known?.seq ?? (this.#seq += 1),
      owner,
      createdAt,
      text: JSON.stringify(attachment),
      isSent: typeof attachment.thread_id === 'string',
    });
  }

  patch(owner: string, attachmentId: string, patch: AttachmentPatch): Attachment {
    const record = this.#find(owner, attachmentId);
    record.text = takeAttachmentPatch(patch)(record.text);
    const patched = JSON.parse(record.text) as Attachment;
    record.isSent = patched.thread_id !== undefined;
    return patched;
  }

  delete(owner: string, attachmentId: string): void {
    this.#find(owner, attachmentId);
    this.#byId.delete(attachmentId);
  }

  /** A map keeps its entries in the order in which they were first saved. */
  listUnsent(before: number, options: BatchOptions): Page<Attachment & { owner: string }> {
    const isWanted = ({ createdAt, isSent }: AttachmentRecord): boolean => createdAt < before && !isSent;
    return batchOf(
      behind(this.#byId.values(), options, isWanted),
      options.limit,
      ({ seq }) => String(seq),
      ({ owner, text }) => ({ ...(JSON.parse(text) as Attachment), owner }),
    );
  }

  listOf(owner: string, options: BatchOptions): Page<Attachment> {
    return batchOf(
      behind(this.#byId.values(), options, (record) => record.owner === owner),
      options.limit,
      ({ seq }) => String(seq),
      ({ text }) => JSON.parse(text) as Attachment,
    );
  }

  deleteAllOf(owner: string): void {
    for (const [id, record] of this.#byId) if (record.owner === owner) this.#byId.delete(id);
  }

  clear(): void {
    this.#byId.clear();
  }

  #find(owner: string, attachmentId: string): AttachmentRecord {
    const record = this.#byId.get(attachmentId);
    if (record?.owner !== owner) throw notFound('Attachment', attachmentId);
    return record;
  }
}
