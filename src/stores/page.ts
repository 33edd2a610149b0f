import { type Page } from '../protocol';

/** The page that `found` makes: up to `limit` of them. One more than that says that the list goes on. */
export function toPage<Entry extends { id: string }, T>(
  found: readonly Entry[],
  limit: number,
  read: (entry: Entry) => T,
): Page<T> {
  const shown = found.length > limit ? found.slice(0, limit) : found;
  const data = Array.from(shown, read);
  const last = shown.at(-1);
  return found.length > limit && last !== undefined
    ? { data, has_more: true, after: last.id }
    : { data, has_more: false };
}
