import type { RunContext } from '../context';
import type { ThreadItem } from '../protocol';
import { chain, isPromise, type Awaitable } from '../store';

/**
 * In development: warns if an added item has the id of an existing item of the thread. Agent libraries may
 * give all their messages the same id (`__fake_id__`); then each message replaces the one before.
 */
export function warnOfTakenId({ id, type }: ThreadItem, ctx: RunContext): Awaitable<void> {
  if (ctx.services.check !== true) return;
  try {
    const found = chain(
      ctx.afterWrites(() => ctx.services.store.loadItem(ctx, ctx.threadId, id)),
      ({ item }) =>
        ctx.log.warn(
          {
            code: 'item_id_taken',
            itemId: id,
            fix: 'Leave out the id, or take one from ctx.store.generateId(). To change the existing item, yield replace(item).',
          },
          `an item of type ${type} was added with the id of an existing item of type ${item.type}, and replaces it`,
        ),
    );
    return isPromise(found) ? found.catch(() => undefined) : found;
  } catch {
    // No item has the id, as it should be.
  }
}
