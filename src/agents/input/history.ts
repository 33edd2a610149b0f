import type { ChatContext } from '../../context';
import type { ThreadItem } from '../../protocol';
import { storedItem } from './stored-item';
import { short } from './texts';

/** How much of a thread a model reads. */
export interface HistoryOptions {
  /** Maximum number of items; the newest are kept (100 by default). */
  maxItems?: number | undefined;
  /**
   * Approximate maximum number of tokens; the newest items are kept (no limit by default). Four characters
   * of an item's JSON count as a token, an image or attachment as 1,000. The last item is always included.
   */
  maxTokens?: number | undefined;
}

const MAX_ITEMS = 100;
const PAGE_SIZE = 100;
const CHARACTERS_PER_TOKEN = 4;
/** An estimate: APIs count between 100 and 2,000 tokens for an image. */
const TOKENS_OF_FILE = 1000;

/**
 * Returns the newest items of the request's thread, oldest first, hidden items included. The message to
 * answer is added at the end if the thread does not contain it (`respond()` stores none by default).
 *
 * @example
 * const items = await loadHistory(ctx, { maxTokens: 20_000 });
 */
export async function loadHistory(ctx: ChatContext, options: HistoryOptions = {}): Promise<ThreadItem[]> {
  const limit = options.maxItems ?? MAX_ITEMS;
  return withMessage(await newest(walk(ctx, { order: 'desc', limit }), options), ctx);
}

/** Returns the newest items up to the item `last`, with the limits of {@link loadHistory}. */
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
    if (maxTokens < Infinity) tokens += tokensOf(item);
    if (tokens > maxTokens && items.length > 0) break;
    items.push(item);
  }
  return items.reverse();
}

function tokensOf(item: ThreadItem): number {
  const text = JSON.stringify(item, (_, value: unknown) => short(value));
  return text.length / CHARACTERS_PER_TOKEN + filesIn(item) * TOKENS_OF_FILE;
}

function filesIn(item: ThreadItem): number {
  if (item.type === 'user_message') return item.attachments.length;
  return item.type === 'generated_image' && item.image ? 1 : 0;
}

/** Returns the items after `after`, or all, and the message to answer if the thread does not contain it. */
export async function loadNewer(ctx: ChatContext, after: string | undefined): Promise<ThreadItem[]> {
  const items: ThreadItem[] = [];
  for await (const item of walk(ctx, { order: 'asc', limit: Infinity, after })) items.push(item);
  return withMessage(items, ctx);
}

function withMessage(items: ThreadItem[], { message }: ChatContext): ThreadItem[] {
  return message === null || items.some(({ id }) => id === message.id) ? items : [...items, message];
}

async function* walk(
  { store, thread }: ChatContext,
  { order, limit, after }: { order: 'asc' | 'desc'; limit: number; after?: string | undefined },
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
