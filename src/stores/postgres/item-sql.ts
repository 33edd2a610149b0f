import { listSql } from './list-sql';
import { statement } from './statement';
import { OWN_THREAD } from './thread-sql';

/**
 * thread id, owner. Each write locks the row of its thread until the commit, and only then draws the number
 * of a new item. So the numbers of a thread are in the order of the commits, and the thread cannot be deleted
 * meanwhile.
 */
const LOCKED = `thread AS MATERIALIZED (SELECT seq ${OWN_THREAD} FOR NO KEY UPDATE)`;

/** The result of each write: the written version, if any, and whether the thread exists. */
const ANSWER = 'SELECT (SELECT version FROM written), EXISTS (SELECT FROM thread)';

/** thread id, owner, id, type, text. `seq` takes the next number by default. */
const ADD = `INSERT INTO chatkit_items AS item (thread, id, type, version, text)
  SELECT thread.seq, $3, $4, 1, $5 FROM thread`;

/** A deleted item is added again at the end. */
const COME_BACK = 'DO UPDATE SET seq = excluded.seq, version = 1, type = excluded.type, text = excluded.text';

/** thread id, owner, id, type, text */
export const SAVE = statement(`WITH ${LOCKED}, written AS (
    ${ADD} ON CONFLICT (thread, id) DO UPDATE SET
      seq = CASE WHEN item.text IS NULL THEN excluded.seq ELSE item.seq END,
      version = CASE WHEN item.text IS NULL THEN 1 ELSE item.version + 1 END,
      type = excluded.type, text = excluded.text
    RETURNING version
  ) ${ANSWER}`);

/** thread id, owner, id, type, text */
export const SAVE_NEW = statement(`WITH ${LOCKED}, written AS (
    ${ADD} ON CONFLICT (thread, id) ${COME_BACK} WHERE item.text IS NULL
    RETURNING version
  ) ${ANSWER}`);

/** thread id, owner, id, type, text, version */
export const SAVE_NEXT = statement(`WITH ${LOCKED}, written AS (
    UPDATE chatkit_items AS item SET version = item.version + 1, type = $4, text = $5 FROM thread
    WHERE item.thread = thread.seq AND item.id = $3 AND item.version = $6::bigint AND item.text IS NOT NULL
    RETURNING version
  ) ${ANSWER}`);

/** thread id, owner, id. The row is kept, for cursors. */
export const DELETE = statement(`WITH ${LOCKED}, written AS (
    UPDATE chatkit_items AS item SET text = NULL FROM thread
    WHERE item.thread = thread.seq AND item.id = $3
    RETURNING version
  ) ${ANSWER}`);

/** thread id, owner, id. No row without the thread, and no version without the item. */
export const LOAD = statement(`SELECT item.version, item.text
  FROM (SELECT seq ${OWN_THREAD}) AS thread
  LEFT JOIN chatkit_items AS item ON item.thread = thread.seq AND item.id = $3 AND item.text IS NOT NULL`);

/** thread id, owner, cursor, types */
export const LIST = listSql(
  {
    head: (start) => `SELECT thread.seq AS thread, CASE WHEN $3::text IS NULL THEN ${start}
      ELSE (SELECT seq FROM chatkit_items WHERE thread = thread.seq AND id = $3) END AS place
      FROM (SELECT seq ${OWN_THREAD}) AS thread`,
    from: `FROM chatkit_items WHERE thread = head.thread AND text IS NOT NULL
      AND ($4::text[] IS NULL OR type = ANY ($4))`,
    text: 'text',
  },
  4,
);
