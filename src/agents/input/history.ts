import type { ChatContext } from '../../context';
import type { ThreadItem } from '../../protocol';
import { storedItem } from './stored-item';

export interface HistoryOptions {
  /** At most so many items, the newest (100 by default). */
  maxItems?: number | undefined;
  /**
   * At most about so many tokens, the newest items first (no limit by default). A token is taken as four
   * characters of an item's JSON. The last item is always there.
   */
  maxTokens?: number | undefined;
}

const MAX_ITEMS = 100;
const PAGE_SIZE = 100;
const CHARACTERS_PER_TOKEN = 4;

/**
 * The newest items of the request's thread, hidden ones too, oldest first; and after them the message that
 * is to be answered where the thread lacks it (`respond()` stores none by default).
 *
 * @example
 * const items = await loadHistory(ctx, { maxTokens: 20_000 });
 */
export async function loadHistory(ctx: ChatContext, options: HistoryOptions = {}): Promise<ThreadItem[]> {
  const limit = options.maxItems ?? MAX_ITEMS;
  return withMessage(await newest(walk(ctx, { order: 'desc', limit }), options), ctx);
}

/** The items up to one of the thread, as {@link loadHistory} loads them. */
export async function loadUntil(
  ctx: ChatContext,
  last: string,
  options: HistoryOptions = {},
): Promise<ThreadItem[]> {
  const limit = (options.maxItems ?? MAX_ITEMS) - 1;
  async function* itemAndOlder(): AsyncGenerator<ThreadItem, void> {
    const item = await storedItem(ctx, last);
    if (item !== undefined) yield item;
    yield* walk(ctx, { order: 'desc', limit, after: last });
  }
  return newest(itemAndOlder(), options);
}

async function newest(
  newestFirst: AsyncIterable<ThreadItem>,
  { maxTokens = Infinity }: HistoryOptions,
): Promise<ThreadItem[]> {
  const items: ThreadItem[] = [];
  let tokens = 0;
  for await (const item of newestFirst) {
    tokens += JSON.stringify(item).length / CHARACTERS_PER_TOKEN;
    if (tokens > maxTokens && items.length > 0) break;
    items.push(item);
  }
  return items.reverse();
}

/** The items after one of the thread, and the message to be answered where the thread lacks it. */
export async function loadNewer(ctx: ChatContext, after: string): Promise<ThreadItem[]> {
  const items: ThreadItem[] = [];
  for await (const item of walk(ctx, { order: 'asc', limit: Infinity, after })) items.push(item);
  return withMessage(items, ctx);
}

function withMessage(items: ThreadItem[], { message }: ChatContext): ThreadItem[] {
  return message === null || items.some(({ id }) => id === message.id) ? items : [...items, message];
}

async function* walk(
  { store, thread }: ChatContext,
  { order, limit, after }: { order: 'asc' | 'desc'; limit: number; after?: string },
): AsyncGenerator<ThreadItem, void> {
  let cursor = after;
  for (let left = limit; left > 0;) {
    const page = await store.listItems(thread.id, { order, limit: Math.min(left, PAGE_SIZE), after: cursor });
    left -= page.data.length;
    yield* page.data;
    if (!page.has_more || page.after === undefined) return;
    cursor = page.after;
  }
}
