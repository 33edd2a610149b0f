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

/** `threads.list`: the owner's threads, newest first unless asked otherwise. */
export async function listThreads({ ctx, env, request }: Call<RequestOf<'threads.list'>>): Promise<Answer> {
  const page = await env.store.listThreads(ctx, toListOptions(request.params));
  return { kind: 'pieces', pieces: threadPagePieces(page) };
}

/** `threads.update`: a new title. It may come while the thread has a run. */
export async function updateThread({
  ctx,
  env,
  request,
}: Call<RequestOf<'threads.update'>>): Promise<Answer> {
  const { thread_id, title } = request.params;
  const thread = await env.store.patchThread(ctx, thread_id, { title });
  return { kind: 'json', text: serialiseThread(thread) };
}

/** `threads.delete`: the thread's runs are stopped, and it goes with all that is in it. */
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

/** The protocol's page parameters as the store takes them. A limit of 0 is none, after parsing. */
export function toListOptions({ limit, order, after }: PageParams): {
  limit: number;
  order: 'asc' | 'desc';
  after: string | undefined;
} {
  return { limit: limit ?? DEFAULT_PAGE_SIZE, order, after };
}
