import type { Page } from '../protocol';

/**
 * Iterates over all entries of a list. A page is fetched when the loop reaches it. Entries that are
 * added during the iteration may be missing.
 *
 * @param fetchPage Fetches the page after a cursor; the first page for `undefined`.
 * @example
 * for await (const thread of paginate((after) => client.threads.list({ after, limit: 100 }))) …
 */
export async function* paginate<T>(
  fetchPage: (after: string | undefined) => Promise<Page<T>>,
  after?: string,
): AsyncGenerator<T, void, undefined> {
  for (let cursor = after; ;) {
    const page = await fetchPage(cursor);
    yield* page.data;
    // Without the last check, a server that repeats a cursor would be asked forever.
    if (!page.has_more || page.after === undefined || page.after === cursor) return;
    cursor = page.after;
  }
}
