import { type Page } from '../../protocol';
import { type ListOptions } from '../../store';
import { countOnPage, toPage } from '../page';
import { type Connection } from './connection';
import { type SqlValue } from './driver';

type Order = ListOptions['order'];

/** The two statements of a list, with the same values: one selects the sizes, the other the entries. */
export interface ListSql {
  /** Does not read the texts, which may be of any size. */
  readonly sizes: string;
  readonly entries: string;
}

/**
 * @param from the table and the conditions
 * @returns statements that take the values of `from`, the place after which the list begins, and a limit
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

/** The place before the first entry of a list. */
export function startOf(order: Order): number {
  return order === 'asc' ? 0 : Number.MAX_SAFE_INTEGER;
}

/** Reads one page of a list. Call it within `read`, so that both statements see one state of the database. */
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
