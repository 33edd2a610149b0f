import { setImmediate } from 'node:timers/promises';
import type { RunContext } from '../context';
import type { ThreadItem } from '../protocol';
import type { ItemListOptions, Store } from '../store';

const PAGE_SIZE = 100;

/**
 * Iterates over the items of the context's thread, page by page: pages are limited by bytes too, so one
 * page may hold fewer items than asked for.
 *
 * @param options `limit`: the maximum number of items; default: all
 */
export async function* walkItems(
  store: Store,
  ctx: RunContext,
  { limit = Infinity, after, ...options }: Partial<ItemListOptions> & Pick<ItemListOptions, 'order'>,
): AsyncGenerator<ThreadItem, void, undefined> {
  let left = limit;
  for (let cursor = after; left > 0;) {
    const page = await store.listItems(ctx, ctx.threadId, {
      ...options,
      limit: Math.min(left, PAGE_SIZE),
      after: cursor,
    });
    left -= page.data.length;
    yield* page.data;
    if (!page.has_more || page.after === undefined) return;
    cursor = page.after;
    await setImmediate(); // a synchronous store would block the event loop until the last page
  }
}
