import { type Page } from '../protocol';
import { PAGE_BYTES, type ListOptions } from '../store';

/**
 * How many of the entries found are on the page: up to its limit, as many as its bytes allow, but at least
 * one.
 */
export function countOnPage<Entry>(
  found: readonly Entry[],
  bytesOf: (entry: Entry) => number,
  { limit, maxBytes = PAGE_BYTES }: Pick<ListOptions, 'limit' | 'maxBytes'>,
): number {
  let bytes = 0;
  let count = 0;
  for (const entry of found) {
    bytes += bytesOf(entry);
    if (count === limit || (bytes > maxBytes && count > 0)) break;
    count += 1;
  }
  return count;
}

/** @param data the first of the entries found; if there are more, the list continues */
export function toPage<T>(found: readonly { id: string }[], data: T[]): Page<T> {
  const last = found[data.length - 1];
  return found.length > data.length && last !== undefined
    ? { data, has_more: true, after: last.id }
    : { data, has_more: false };
}
