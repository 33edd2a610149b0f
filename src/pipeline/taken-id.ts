import type { RunContext } from '../context';
import type { ThreadItem } from '../protocol';
import { chain, isPromise, type Awaitable } from '../store';

/**
 * In development: says that an item which is added has the id of one that the thread has already. Agent
 * libraries give all their messages the same id (`__fake_id__`), and each then takes the place of the one
 * before.
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
            fix: 'Leave the id out, or take one from ctx.store.generateId(). To change the item that is there, yield replace(item).',
          },
          `an item of type ${type} was added under the id of another, of type ${item.type}: it takes its place`,
        ),
    );
    return isPromise(found) ? found.catch(() => undefined) : found;
  } catch {
    // None is there, as it should be.
  }
}
