import { type Page } from '../../protocol';
import { type ListOptions } from '../../store';
import { countOnPage, toPage } from '../page';
import { type Connection } from './connection';
import { type SqlValue } from './driver';

type Order = ListOptions['order'];

/** The two statements of a list, which take the same values: what there is, and what it says. */
export interface ListSql {
  /** Does not read the texts: they may be of any size. */
  readonly sizes: string;
  readonly entries: string;
}

/**
 * @param from the table, and what is wanted of it
 * @returns statements that take the values of `from`, the place behind which the list begins, and a limit
 */
export function listSql(columns: string, from: string): Record<Order, ListSql> {
  const statement = (selected: string, beyond: '<' | '>', order: 'ASC' | 'DESC'): string =>
    `SELECT ${selected} ${from} AND text IS NOT NULL AND seq ${beyond} ? ORDER BY seq ${order} LIMIT ?`;
  const sizes = 'id, octet_length(text) AS bytes';
  return {
    asc: { sizes: statement(sizes, '>', 'ASC'), entries: statement(columns, '>', 'ASC') },
    desc: { sizes: statement(sizes, '<', 'DESC'), entries: statement(columns, '<', 'DESC') },
  };
}

/** The place before the first entry of a list: all sequences lie beyond it. */
export function startOf(order: Order): number {
  return order === 'asc' ? 0 : Number.MAX_SAFE_INTEGER;
}

/** Reads the page of a list that begins behind `values`, in one snapshot with other statements. */
export function readPage<T>(
  connection: Connection,
  sql: ListSql,
  values: readonly SqlValue[],
  options: Pick<ListOptions, 'limit' | 'maxBytes'>,
  read: (row: never) => T,
): Page<T> {
  const found = connection.select(sql.sizes).all(...values, options.limit + 1) as {
    id: string;
    bytes: number;
  }[];
  const count = countOnPage(found, ({ bytes }) => bytes, options);
  const rows = count === 0 ? [] : (connection.select(sql.entries).all(...values, count) as never[]);
  return toPage(found, rows.map(read));
}
