import { MAKES_THREADS, NO_THREADS_ARE_MADE, ofOwner } from './locks';
import { listSql } from './list-sql';
import { statement } from './statement';

/** thread id, owner. The condition on the owner keeps other owners' threads out of reach. */
export const OWN_THREAD = 'FROM chatkit_threads WHERE id = $1 AND owner = $2 AND NOT deleted';

/** thread id, owner */
export const LOAD = statement(`SELECT data ${OWN_THREAD}`);

/** thread id, owner, data. The number is drawn after the locks are taken. */
export const CREATE = statement(`WITH turn AS MATERIALIZED (
    SELECT ${MAKES_THREADS}, ${ofOwner('$2')}
  )
  INSERT INTO chatkit_threads (id, owner, data) SELECT $1, $2, $3::jsonb FROM turn
  ON CONFLICT (id) DO NOTHING RETURNING seq`);

/**
 * The new `data` after a patch. Values: fields to clear, fields to set, metadata keys to clear, and metadata
 * keys to set (NULL: leave the metadata alone).
 */
export function patched(first: number): string {
  const [clear, set, clearKeys, setKeys] = [0, 1, 2, 3].map((n) => `$${String(first + n)}::jsonb`);
  const keys = (list: string | undefined): string =>
    `ARRAY(SELECT jsonb_array_elements_text(${String(list)}))`;
  return `(data - ${keys(clear)}) || ${String(set)} || CASE WHEN ${String(setKeys)} IS NULL THEN '{}' ELSE
    jsonb_build_object('metadata', (coalesce(data -> 'metadata', '{}') - ${keys(clearKeys)}) || ${String(setKeys)}) END`;
}

/** thread id, owner, patch */
export const PATCH = statement(
  `UPDATE chatkit_threads SET data = ${patched(3)} WHERE id = $1 AND owner = $2 AND NOT deleted RETURNING data`,
);

/** The channel that announces deleted threads, as JSON arrays of owner and id. */
export const DELETIONS = 'chatkit_deletions';

/** In bytes. PostgreSQL does not accept longer messages. */
const LONGEST_MESSAGE = 7999;

/**
 * thread id, owner. Waits for values that are being put, and makes later ones wait. A value takes a key lock
 * on its thread, which does not conflict with the lock of an UPDATE of other columns.
 */
export const HOLD = statement(`SELECT seq ${OWN_THREAD} FOR UPDATE`);

/**
 * thread id, owner. All processes are notified at the commit. The content of the thread is deleted by
 * separate statements: they see what was saved while this one waited.
 */
export const DELETE = statement(
  `WITH deleted AS (
    UPDATE chatkit_threads SET deleted = true, data = '{}' WHERE id = $1 AND owner = $2 AND NOT deleted
    RETURNING json_build_array(owner, id)::text AS message
  ) SELECT CASE WHEN octet_length(message) <= ${String(LONGEST_MESSAGE)}
    THEN pg_notify('${DELETIONS}', message)::text END FROM deleted`,
);

const DELETED = '(SELECT seq FROM chatkit_threads WHERE id = $1 AND owner = $2 AND deleted)';

/** thread id, owner */
export const DELETE_CONTENT = ['chatkit_items', 'chatkit_runs', 'chatkit_values'].map((table) =>
  statement(`DELETE FROM ${table} WHERE thread = ${DELETED}`),
);

/** owner, cursor */
export const LIST = listSql(
  {
    head: (start) => `SELECT CASE WHEN $2::text IS NULL THEN ${start}
      ELSE (SELECT seq FROM chatkit_threads WHERE id = $2 AND owner = $1) END AS place`,
    from: 'FROM chatkit_threads WHERE owner = $1 AND NOT deleted',
    text: 'data::text',
  },
  2,
);

/** cursor */
export const LIST_ALL = listSql(
  {
    head: (start) => `SELECT CASE WHEN $1::text IS NULL THEN ${start}
      ELSE (SELECT seq FROM chatkit_threads WHERE id = $1) END AS place`,
    from: 'FROM chatkit_threads WHERE NOT deleted',
    text: 'data::text',
    columns: ', page.owner',
  },
  1,
);

/** After this statement, a reader sees all threads whose number is lower than any that it sees. */
export const AWAIT_CREATIONS = statement(`SELECT ${NO_THREADS_ARE_MADE}`);
