import { setImmediate } from 'node:timers/promises';
import type { RunContext } from '../context';
import type { ThreadItem } from '../protocol';
import type { ItemListOptions, Store } from '../store';

const PAGE_SIZE = 100;

/**
 * The items of the context's thread, page by page, where an operation looks for some of them: pages end
 * by bytes as well, so that one page may not tell.
 *
 * @param options `limit`: how many items there are at most; all without it
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
    await setImmediate(); // a store that answers at once would keep the event loop until the last page
  }
}
