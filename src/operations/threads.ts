import {
  DEFAULT_PAGE_SIZE,
  serialiseThread,
  threadPagePieces,
  threadPieces,
  VISIBLE_ITEM_TYPES,
  type PageParams,
  type RequestOf,
} from '../protocol';
import type { Answer, Call } from './environment';
import { removeThread } from './remove-thread';

/** `threads.get_by_id`: a thread with its first page of visible items, oldest first. */
export async function getThread({
  ctx,
  env,
  request,
}: Call<RequestOf<'threads.get_by_id'>>): Promise<Answer> {
  const { thread_id } = request.params;
  const thread = await env.store.loadThread(ctx, thread_id);
  const items = await env.store.listItems(ctx, thread_id, {
    limit: DEFAULT_PAGE_SIZE,
    order: 'asc',
    types: VISIBLE_ITEM_TYPES,
  });
  return { kind: 'pieces', pieces: threadPieces({ ...thread, items }) };
}

/** `threads.list`: a page of the owner's threads, by default the newest first. */
export async function listThreads({ ctx, env, request }: Call<RequestOf<'threads.list'>>): Promise<Answer> {
  const page = await env.store.listThreads(ctx, toListOptions(request.params));
  return { kind: 'pieces', pieces: threadPagePieces(page) };
}

/** `threads.update`: sets the title. This is allowed while the thread has a run. */
export async function updateThread({
  ctx,
  env,
  request,
}: Call<RequestOf<'threads.update'>>): Promise<Answer> {
  const { thread_id, title } = request.params;
  const thread = await env.store.patchThread(ctx, thread_id, { title });
  return { kind: 'json', text: serialiseThread(thread) };
}

/** `threads.delete`: stops the thread's runs, and deletes it with its items and attachments. */
export async function deleteThread({
  ctx,
  env,
  request,
}: Call<RequestOf<'threads.delete'>>): Promise<Answer> {
  const { thread_id } = request.params;
  await env.store.loadThread(ctx, thread_id);
  await removeThread(env, ctx, thread_id);
  return { kind: 'json', text: '{}' };
}

/** Converts the protocol's page parameters to the store's. The parser has turned a limit of 0 into none. */
export function toListOptions({ limit, order, after }: PageParams): {
  limit: number;
  order: 'asc' | 'desc';
  after: string | undefined;
} {
  return { limit: limit ?? DEFAULT_PAGE_SIZE, order, after };
}
