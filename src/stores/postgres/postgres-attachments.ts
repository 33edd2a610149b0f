import { type Attachment, type Page } from '../../protocol';
import { type AttachmentPatch, type BatchOptions } from '../../store';
import { batchOf } from '../batch';
import { idTaken, notFound } from '../store-errors';
import { readAttachmentPatch } from '../take-patch';
import type { Connection } from './connection';
import { fromJsonb, toJsonb } from './jsonb-text';
import { patchValues } from './postgres-threads';
import { call, statement, type Call, type Row } from './statement';
import { patched } from './thread-sql';

/** id, owner */
const OWN = 'WHERE id = $1 AND owner = $2';
const LOAD = statement(`SELECT data FROM chatkit_attachments ${OWN}`);

/** id, owner, data, now */
const SAVE = statement(`INSERT INTO chatkit_attachments AS attachment (id, owner, data, created_at)
  VALUES ($1, $2, $3::jsonb, $4::bigint)
  ON CONFLICT (id) DO UPDATE SET data = excluded.data WHERE attachment.owner = excluded.owner
  RETURNING seq`);

/** id, owner, patch */
const PATCH = statement(`UPDATE chatkit_attachments SET data = ${patched(3)} ${OWN} RETURNING data`);

const DELETE = statement(`DELETE FROM chatkit_attachments ${OWN} RETURNING seq`);

/** before, age and place from the cursor, limit */
const LIST_UNSENT = statement(`SELECT seq, created_at, owner, data FROM chatkit_attachments
  WHERE NOT sent AND created_at < $1::bigint AND (created_at, seq) > ($2::bigint, $3::bigint)
  ORDER BY created_at, seq LIMIT $4::bigint`);

/** The attachment records of a {@link PostgresStore}. */
export class PostgresAttachments {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async load(owner: string, id: string): Promise<Attachment> {
    return attachmentIn(await this.#connection.read(call(LOAD, id, owner)), id);
  }

  async save(owner: string, attachment: Attachment): Promise<void> {
    const { id } = attachment;
    return this.#write(id, call(SAVE, id, owner, toJsonb(attachment), Date.now()), (rows) => {
      if (rows.length === 0) throw idTaken('Attachment', id);
    });
  }

  async patch(owner: string, id: string, patch: AttachmentPatch): Promise<Attachment> {
    const values = patchValues(readAttachmentPatch(patch));
    return this.#write(id, call(PATCH, id, owner, ...values), (rows) => attachmentIn(rows, id));
  }

  async delete(owner: string, id: string): Promise<void> {
    return this.#write(id, call(DELETE, id, owner), (rows) => {
      if (rows.length === 0) throw notFound('Attachment', id);
    });
  }

  /** The index of unsent attachments is ordered by age: a cursor is an age, and a place within that age. */
  async listUnsent(
    before: number,
    { limit, after = '0 0' }: BatchOptions,
  ): Promise<Page<Attachment & { owner: string }>> {
    const [age = '0', place = '0'] = after.split(' ');
    const rows = await this.#connection.readLarge(call(LIST_UNSENT, before, age, place, limit + 1));
    return batchOf(
      rows,
      limit,
      ([seq, createdAt]) => `${String(createdAt)} ${String(seq)}`,
      ([, , owner, data]) => ({ ...(fromJsonb(String(data)) as Attachment), owner: String(owner) }),
    );
  }

  #write<T>(id: string, one: Call, read: (rows: readonly Row[]) => T): Promise<T> {
    const calls = [one];
    return this.#connection.write({
      lock: `5 ${id}`,
      calls: () => calls,
      read: ([rows]) => read(rows ?? []),
    });
  }
}

function attachmentIn(rows: readonly Row[], id: string): Attachment {
  const text = rows[0]?.[0];
  if (typeof text !== 'string') throw notFound('Attachment', id);
  return fromJsonb(text) as Attachment;
}
