import type { Page } from '../protocol';

/**
 * A batch of the first `limit` entries found.
 *
 * @param found up to one entry more than the limit: the extra one shows that there are more
 * @param cursor returns the `after` of the next batch
 */
export function batchOf<R, T>(
  found: readonly R[],
  limit: number,
  cursor: (row: R) => string,
  entry: (row: R) => T,
): Page<T> {
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return {
    data: rows.map(entry),
    has_more: last !== undefined,
    ...(last === undefined ? {} : { after: cursor(last) }),
  };
}

/** The entries of a map after a cursor, at most one more than the limit. */
export function behind<R extends { readonly seq: number }>(
  rows: Iterable<R>,
  { limit, after }: { limit: number; after?: string | undefined },
  isWanted: (row: R) => boolean = () => true,
): R[] {
  const found: R[] = [];
  const from = Number(after ?? 0);
  for (const row of rows) {
    if (row.seq <= from || !isWanted(row)) continue;
    found.push(row);
    if (found.length > limit) break;
  }
  return found;
}
