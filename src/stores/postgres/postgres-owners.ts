import { type Attachment, type Page } from '../../protocol';
import { type BatchOptions, type KeyedValue } from '../../store';
import { batchOf } from '../batch';
import type { Connection } from './connection';
import { fromJsonb } from './jsonb-text';
import { call, statement } from './statement';

/** owner, place, limit */
const LIST_ATTACHMENTS = statement(`SELECT seq, data FROM chatkit_attachments
  WHERE owner = $1 AND seq > $2::bigint ORDER BY seq LIMIT $3::bigint`);

/** owner, key, now, limit */
const listValues = (beyond: '>' | '>=') =>
  statement(`SELECT key, text FROM chatkit_values WHERE owner = $1 AND key ${beyond} $2
    AND (expires_at IS NULL OR expires_at > $3::bigint) ORDER BY key LIMIT $4::bigint`);

/** Includes the empty key. */
const LIST_VALUES = listValues('>=');
const LIST_MORE_VALUES = listValues('>');

/** owner */
const FORGET = [
  `UPDATE chatkit_threads SET owner = '' WHERE owner = $1 AND deleted AND owner <> ''`,
  'DELETE FROM chatkit_values WHERE owner = $1',
  'DELETE FROM chatkit_attachments WHERE owner = $1',
].map(statement);

/** An owner's data besides threads, for export and deletion. */
export class PostgresOwners {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async listAttachments(owner: string, { limit, after = '0' }: BatchOptions): Promise<Page<Attachment>> {
    const rows = await this.#connection.readLarge(call(LIST_ATTACHMENTS, owner, after, limit + 1));
    return batchOf(
      rows,
      limit,
      ([seq]) => String(seq),
      ([, data]) => fromJsonb(String(data)) as Attachment,
    );
  }

  async listValues(owner: string, { limit, after }: BatchOptions): Promise<Page<KeyedValue>> {
    const list = after === undefined ? LIST_VALUES : LIST_MORE_VALUES;
    const rows = await this.#connection.readLarge(call(list, owner, after ?? '', Date.now(), limit + 1));
    return batchOf(
      rows,
      limit,
      ([key]) => String(key),
      ([key, text]) => ({ key: String(key), value: JSON.parse(String(text)) as unknown }),
    );
  }

  /** One transaction deletes everything. */
  async forget(owner: string): Promise<void> {
    const calls = FORGET.map((each) => call(each, owner));
    return this.#connection.write({ lock: `6 ${owner}`, calls: () => calls, read: () => undefined });
  }
}
