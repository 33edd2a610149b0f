import type { Page } from '../protocol';

/**
 * All entries of a list, page by page: a page is fetched when the loop comes to it. Entries that are
 * added meanwhile may be left out.
 *
 * @param fetchPage Fetches the page behind a cursor; the first one for `undefined`.
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
    // A server that gives the same cursor again would be asked for ever.
    if (!page.has_more || page.after === undefined || page.after === cursor) return;
    cursor = page.after;
  }
}
