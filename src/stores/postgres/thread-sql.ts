import { MAKES_THREADS, NO_THREADS_ARE_MADE, ofOwner } from './locks';
import { listSql } from './list-sql';
import { statement } from './statement';

/** thread id, owner: another owner's cannot be reached, not even by mistake */
export const OWN_THREAD = 'FROM chatkit_threads WHERE id = $1 AND owner = $2 AND NOT deleted';

/** thread id, owner */
export const LOAD = statement(`SELECT data ${OWN_THREAD}`);

/**
 * thread id, owner, data. The number is drawn when the locks are there.
 */
export const CREATE = statement(`WITH turn AS MATERIALIZED (
    SELECT ${MAKES_THREADS}, ${ofOwner('$2')}
  )
  INSERT INTO chatkit_threads (id, owner, data) SELECT $1, $2, $3::jsonb FROM turn
  ON CONFLICT (id) DO NOTHING RETURNING seq`);

/** What a patch makes of `data`: fields to clear and to set, keys of the metadata to clear and to set; or NULLs for those. */
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

/** Where deletions of threads are told, as JSON arrays of owner and id. */
export const DELETIONS = 'chatkit_deletions';

/** In bytes; PostgreSQL tells no longer ones. */
const LONGEST_MESSAGE = 7999;

/**
 * thread id, owner. Waits for values that are being put, and makes those that come later wait: a value locks the key
 * of its thread, which is stronger than what an UPDATE of other columns asks for.
 */
export const HOLD = statement(`SELECT seq ${OWN_THREAD} FOR UPDATE`);

/**
 * thread id, owner. It is told to all processes when it is committed. What is in the thread goes by
 * statements of their own: they see what was saved while this one waited.
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

/** Makes what comes after it see all threads with a number lower than one that it sees. */
export const AWAIT_CREATIONS = statement(`SELECT ${NO_THREADS_ARE_MADE}`);
