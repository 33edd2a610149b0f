import { type Page } from '../../protocol';
import { PAGE_BYTES, type ListOptions } from '../../store';
import { toPage } from '../page';
import { statement, type Row, type Statement } from './statement';

type Order = ListOptions['order'];

interface ListParts {
  /**
   * A query with one row: `place`, after which the list begins (NULL if the cursor is unknown), and what else
   * `from` needs. No row if the thread or owner of the list does not exist.
   */
  head: (start: string) => string;
  /** The table and the conditions; may use `head`. */
  from: string;
  /** The text of an entry. */
  text: string;
  /** More columns of an entry. */
  columns?: string;
}

/**
 * The statements of a list. They return one row per entry found, at most one more than the limit, with `id`,
 * the text, and more columns. Entries that are not on the page, by count or by bytes, have no text: no more
 * than a page is read and sent, however large entries are. An empty list is one row without `id`.
 *
 * The last two values of each statement are the limit and the bytes.
 *
 * @param values how many values `head` and `from` take
 */
export function listSql(
  { head, from, text, columns = '' }: ListParts,
  values: number,
): Record<Order, Statement> {
  const limit = `$${String(values + 1)}::bigint`;
  const maxBytes = `$${String(values + 2)}::bigint`;
  const list = (beyond: string, order: string, start: string): Statement =>
    statement(`SELECT head.place, page.id, page.shown ${columns}
      FROM (${head(start)}) AS head LEFT JOIN LATERAL (
        SELECT *, CASE WHEN n = 1 OR (n <= ${limit} AND bytes <= ${maxBytes}) THEN whole END AS shown FROM (
          SELECT *, row_number() OVER found AS n, sum(octet_length(whole)) OVER found AS bytes FROM (
            SELECT *, ${text} AS whole ${from} AND seq ${beyond} head.place
            ORDER BY seq ${order} LIMIT ${limit} + 1
          ) AS wanted WINDOW found AS (ORDER BY seq ${order} ROWS UNBOUNDED PRECEDING)
        ) AS measured
      ) AS page ON true ORDER BY page.seq ${order}`);
  return { asc: list('>', 'ASC', '0'), desc: list('<', 'DESC', '9223372036854775807') };
}

/** The last two values of a list statement. */
export function limitsOf({ limit, maxBytes = PAGE_BYTES }: ListOptions): [number, number] {
  return [limit, maxBytes];
}

/** The page from the rows of a list statement. */
export function readPage<T>(rows: readonly Row[], read: (text: string, row: Row) => T): Page<T> {
  const found: { id: string }[] = [];
  const data: T[] = [];
  for (const row of rows) {
    const [, id, text] = row;
    if (typeof id !== 'string') continue;
    found.push({ id });
    if (typeof text === 'string') data.push(read(text, row));
  }
  return toPage(found, data);
}
