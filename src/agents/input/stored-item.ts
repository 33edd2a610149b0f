import type { ChatContext } from '../../context';
import { ChatError } from '../../errors';
import type { ThreadItem } from '../../protocol';

/** Loads an item of the request's thread; `undefined` if it does not exist. */
export async function storedItem(
  { store, thread }: ChatContext,
  id: string,
): Promise<ThreadItem | undefined> {
  try {
    return (await store.loadItem(thread.id, id)).item;
  } catch (error) {
    if (error instanceof ChatError && error.code === 'not_found') return undefined;
    throw error;
  }
}
