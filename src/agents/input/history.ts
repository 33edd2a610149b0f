import type { ChatContext } from '../../context';
import type { ThreadItem } from '../../protocol';
import { isRemembered } from '../memory/remembered-run';
import { storedItem } from './stored-item';
import { short } from './texts';

/** How much of a thread a model reads. */
export interface HistoryOptions {
  /** Maximum number of items; the newest are kept (100 by default). Remembered runs do not count. */
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
  const items = await newest(walk(ctx, { order: 'desc', pageSize: pageSizeOf(options) }), options);
  const { message } = ctx;
  if (message === null || items.some(({ id }) => id === message.id)) return items;
  // A stored message that is not among the newest items is older than they are.
  return (await isStored(message, ctx)) ? [message, ...items] : [...items, message];
}

/** Returns the newest items up to the item `last`, with the limits of {@link loadHistory}. */
export async function loadUntil(
  ctx: ChatContext,
  last: string,
  options: HistoryOptions = {},
): Promise<ThreadItem[]> {
  async function* itemAndOlder(): AsyncGenerator<ThreadItem, void> {
    const item = await storedItem(ctx, last);
    if (item !== undefined) yield item;
    yield* walk(ctx, { order: 'desc', pageSize: pageSizeOf(options), after: last });
  }
  return newest(itemAndOlder(), options);
}

async function newest(
  newestFirst: AsyncIterable<ThreadItem>,
  { maxItems = MAX_ITEMS, maxTokens = Infinity }: HistoryOptions,
): Promise<ThreadItem[]> {
  const items: ThreadItem[] = [];
  if (maxItems <= 0) return items;
  let count = 0;
  let tokens = 0;
  for await (const item of newestFirst) {
    const size = maxTokens < Infinity ? tokensOf(item) : 0;
    const fits = tokens + size <= maxTokens;
    if (isRemembered(item)) {
      if (!fits) continue; // its messages may still fit
    } else {
      if (!fits && count > 0) break;
      count += 1;
    }
    items.push(item);
    tokens += size;
    if (count >= maxItems) break;
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
  for await (const item of walk(ctx, { order: 'asc', pageSize: PAGE_SIZE, after })) items.push(item);
  const { message } = ctx;
  return message === null || (await isStored(message, ctx)) ? items : [...items, message];
}

async function isStored({ id }: ThreadItem, ctx: ChatContext): Promise<boolean> {
  return (await storedItem(ctx, id)) !== undefined;
}

function pageSizeOf({ maxItems = PAGE_SIZE }: HistoryOptions): number {
  return Math.max(1, Math.min(maxItems, PAGE_SIZE));
}

async function* walk(
  { store, thread }: ChatContext,
  { order, pageSize, after }: { order: 'asc' | 'desc'; pageSize: number; after?: string | undefined },
): AsyncGenerator<ThreadItem, void> {
  for (let cursor = after; ;) {
    const page = await store.listItems(thread.id, { order, limit: pageSize, after: cursor });
    yield* page.data;
    if (!page.has_more || page.after === undefined) return;
    cursor = page.after;
  }
}
