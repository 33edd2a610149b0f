import { type Attachment } from '../../protocol';
import { idTaken, notFound } from '../store-errors';
import { type Connection } from './connection';

/** The attachment records of a {@link SqliteStore}. */
export class SqliteAttachments {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  load(owner: string, attachmentId: string): Attachment {
    const row = this.#connection
      .sql('SELECT text FROM chatkit_attachments WHERE id = ? AND owner = ?')
      .get(attachmentId, owner) as { text: string } | undefined;
    if (row === undefined) throw notFound('Attachment', attachmentId);
    return JSON.parse(row.text) as Attachment;
  }

  save(owner: string, attachment: Attachment): void {
    const saved = this.#connection
      .sql(
        `INSERT INTO chatkit_attachments (id, owner, text, created_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET text = excluded.text WHERE owner = excluded.owner`,
      )
      .run(attachment.id, owner, JSON.stringify(attachment), Date.now());
    if (saved === 0) throw idTaken('Attachment', attachment.id);
  }

  delete(owner: string, attachmentId: string): void {
    const deleted = this.#connection
      .sql('DELETE FROM chatkit_attachments WHERE id = ? AND owner = ?')
      .run(attachmentId, owner);
    if (deleted === 0) throw notFound('Attachment', attachmentId);
  }

  listUnsent(before: number): (Attachment & { owner: string })[] {
    const rows = this.#connection
      .sql(
        `SELECT owner, text FROM chatkit_attachments
        WHERE created_at < ? AND json_extract(text, '$.thread_id') IS NULL ORDER BY created_at, seq`,
      )
      .all(before) as { owner: string; text: string }[];
    return rows.map(({ owner, text }) => ({ ...(JSON.parse(text) as Attachment), owner }));
  }
}
