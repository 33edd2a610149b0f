import { type Attachment, type Page } from '../../protocol';
import { type AttachmentPatch, type Awaitable, type BatchOptions } from '../../store';
import { batchOf } from '../batch';
import { idTaken, notFound } from '../store-errors';
import { takeAttachmentPatch } from '../take-patch';
import { type Connection } from './connection';
import { LIST_ATTACHMENTS } from './owner-sql';

interface AttachmentRow {
  seq: number;
  created_at: number;
  owner: string;
  text: string;
}

/** The attachment records of a {@link SqliteStore}. */
export class SqliteAttachments {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  load(owner: string, attachmentId: string): Awaitable<Attachment> {
    return this.#connection.read(() => JSON.parse(this.#text(owner, attachmentId)) as Attachment);
  }

  save(owner: string, attachment: Attachment): Awaitable<void> {
    const { id } = attachment;
    const text = JSON.stringify(attachment);
    return this.#connection.write(() => {
      const saved = this.#connection
        .change(
          `INSERT INTO chatkit_attachments (id, owner, text, created_at) VALUES (?, ?, ?, ?)
          ON CONFLICT (id) DO UPDATE SET text = excluded.text WHERE owner = excluded.owner`,
        )
        .run(id, owner, text, Date.now());
      if (saved === 0) throw idTaken('Attachment', id);
    });
  }

  patch(owner: string, attachmentId: string, patch: AttachmentPatch): Awaitable<Attachment> {
    const patchText = takeAttachmentPatch(patch);
    return this.#connection.write(() => {
      const patched = patchText(this.#text(owner, attachmentId));
      this.#connection
        .change('UPDATE chatkit_attachments SET text = ? WHERE id = ? AND owner = ?')
        .run(patched, attachmentId, owner);
      return JSON.parse(patched) as Attachment;
    });
  }

  delete(owner: string, attachmentId: string): Awaitable<void> {
    return this.#connection.write(() => {
      const deleted = this.#connection
        .change('DELETE FROM chatkit_attachments WHERE id = ? AND owner = ?')
        .run(attachmentId, owner);
      if (deleted === 0) throw notFound('Attachment', attachmentId);
    });
  }

  /** The index of unsent attachments is ordered by age: a cursor is an age, and a place within that age. */
  listUnsent(
    before: number,
    { limit, after = '0 0' }: BatchOptions,
  ): Awaitable<Page<Attachment & { owner: string }>> {
    const [age, seq] = after.split(' ').map(Number);
    return this.#connection.read(() => {
      const rows = this.#connection
        .select(
          `SELECT seq, created_at, owner, text FROM chatkit_attachments
          WHERE created_at < ? AND (created_at, seq) > (?, ?) AND json_extract(text, '$.thread_id') IS NULL
          ORDER BY created_at, seq LIMIT ?`,
        )
        .all(before, age ?? 0, seq ?? 0, limit + 1) as AttachmentRow[];
      return batchOf(
        rows,
        limit,
        (row) => `${String(row.created_at)} ${String(row.seq)}`,
        ({ owner, text }) => ({ ...(JSON.parse(text) as Attachment), owner }),
      );
    });
  }

  listOf(owner: string, { limit, after = '0' }: BatchOptions): Awaitable<Page<Attachment>> {
    return this.#connection.read(() =>
      batchOf(
        this.#connection.select(LIST_ATTACHMENTS).all(owner, Number(after), limit + 1) as AttachmentRow[],
        limit,
        ({ seq }) => String(seq),
        ({ text }) => JSON.parse(text) as Attachment,
      ),
    );
  }

  #text(owner: string, attachmentId: string): string {
    const row = this.#connection
      .select('SELECT text FROM chatkit_attachments WHERE id = ? AND owner = ?')
      .get(attachmentId, owner) as { text: string } | undefined;
    if (row === undefined) throw notFound('Attachment', attachmentId);
    return row.text;
  }
}
