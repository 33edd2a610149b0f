import { listSql } from './list-sql';

/** Selects the thread by id and owner, which keeps other owners' items out of reach. */
const THREAD = 'SELECT seq FROM chatkit_threads WHERE id = ? AND owner = ? AND text IS NOT NULL';

const ADD = `INSERT INTO chatkit_items (thread, id, type, version, text)
  SELECT seq, ?, ?, 1, ? FROM chatkit_threads WHERE id = ? AND owner = ? AND text IS NOT NULL`;

/** id, type, text, thread id, owner */
export const UPSERT = `${ADD}
  ON CONFLICT (thread, id) DO UPDATE SET version = version + 1, type = excluded.type, text = excluded.text
  WHERE chatkit_items.text IS NOT NULL
  RETURNING version`;

/** id, type, text, thread id, owner */
export const INSERT = `${ADD} ON CONFLICT (thread, id) DO NOTHING RETURNING version`;

/** type, text, id, version, thread id, owner */
export const UPDATE = `UPDATE chatkit_items SET version = version + 1, type = ?, text = ?
  WHERE id = ? AND version = ? AND text IS NOT NULL AND thread = (${THREAD})`;

/** id, thread id, owner. The version of an item; 0 if it is deleted. */
export const FIND = `SELECT iif(text IS NULL, 0, version) AS version
  FROM chatkit_items WHERE id = ? AND thread = (${THREAD})`;

/** id, thread id, owner */
export const DROP_GRAVE = `DELETE FROM chatkit_items WHERE id = ? AND text IS NULL AND thread = (${THREAD})`;

/** id, thread id, owner */
export const LOAD = `SELECT version, text FROM chatkit_items
  WHERE id = ? AND text IS NOT NULL AND thread = (${THREAD})`;

/** id, thread id, owner */
export const DELETE = `UPDATE chatkit_items SET text = NULL
  WHERE id = ? AND text IS NOT NULL AND thread = (${THREAD})`;

/** id, thread id, owner. The place of an item, deleted or not. */
export const PLACE = `SELECT seq FROM chatkit_items WHERE id = ? AND thread = (${THREAD})`;

const COLUMNS = 'text';
const OF_THREAD = `FROM chatkit_items WHERE thread = (${THREAD})`;

/** thread id, owner, place, limit */
export const LIST = listSql(COLUMNS, OF_THREAD);

/** thread id, owner, types as a JSON array, place, limit */
export const LIST_TYPED = listSql(COLUMNS, `${OF_THREAD} AND type IN (SELECT value FROM json_each(?))`);
