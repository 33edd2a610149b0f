import { itemPagePieces, VISIBLE_ITEM_TYPES, type RequestOf } from '../protocol';
import type { Answer, Call } from './environment';
import { inTurns } from './in-turns';
import { toListOptions } from './threads';

/** `items.list`: a page of visible items, by default the newest first. */
export async function listItems({ ctx, env, request }: Call<RequestOf<'items.list'>>): Promise<Answer> {
  const { thread_id, ...page } = request.params;
  const items = await env.store.listItems(ctx, thread_id, {
    ...toListOptions(page),
    types: VISIBLE_ITEM_TYPES,
  });
  return { kind: 'pieces', pieces: itemPagePieces(items) };
}

/** The input of an `@OnFeedback` handler. */
export interface FeedbackInput {
  item_ids: string[];
  kind: 'positive' | 'negative';
}

/** `items.feedback`: thumbs up or down. Without an `@OnFeedback` handler it is accepted and ignored. */
export async function itemsFeedback({
  ctx,
  env,
  request,
}: Call<RequestOf<'items.feedback'>>): Promise<Answer> {
  const { thread_id, item_ids, kind } = request.params;
  ctx.thread = await env.store.loadThread(ctx, thread_id);
  for await (const itemId of inTurns(new Set(item_ids))) await env.store.loadItem(ctx, thread_id, itemId);
  const input: FeedbackInput = { item_ids, kind };
  await env.table.feedback?.call(ctx, input);
  return { kind: 'json', text: '{}' };
}
