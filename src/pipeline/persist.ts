import { signItem, type RunContext, type WidgetChange } from '../context';
import { ConflictError, DeveloperError, ownLookup } from '../errors';
import {
  conformItem,
  writeItem,
  type ThreadItem,
  type ThreadItemReplacedEvent,
  type WidgetItem,
} from '../protocol';
import { chain, saveWithAttachments, type Awaitable } from '../store';

/** How often a change is tried, since other requests may change the widget meanwhile. */
const ATTEMPTS = 3;

/** An event that has been stored, with its item's JSON text if it has an item. */
export interface Persisted<E> {
  event: E;
  itemText?: string;
}

/** Stores a completed item, new or not, and returns its text. */
export function saveItem(item: ThreadItem, ctx: RunContext): Awaitable<string> {
  const text = writeItem(item);
  const options = { seenTo: ctx.root.sending };
  return chain(saveWithAttachments(ctx.services.store, ctx, item, text, options), () => text);
}

/**
 * Applies a change to the stored widget, and stores the result only if no other request changed it meanwhile.
 *
 * @throws NotFoundError when the item does not exist
 * @throws ConflictError when other requests were faster three times in a row
 */
export function changeWidget(
  { item_id, change }: Pick<WidgetChange, 'item_id' | 'change'>,
  ctx: RunContext,
): Promise<Persisted<ThreadItemReplacedEvent<WidgetItem>>> {
  return attempt(ATTEMPTS);

  async function attempt(left: number): Promise<Persisted<ThreadItemReplacedEvent<WidgetItem>>> {
    const { store } = ctx.services;
    const { item: stored, version } = await ownLookup(() =>
      ctx.afterWrites(() => store.loadItem(ctx, ctx.threadId, item_id)),
    );
    if (stored.type !== 'widget') throw notAWidget(stored);
    const changed: WidgetItem = { ...stored, widget: await change(stored.widget, stored) };
    const item = signItem(conformItem(changed), ctx.services.signer, ctx.owner);
    const itemText = writeItem(item);
    try {
      await store.saveItem(ctx, item, itemText, { ifVersion: version });
    } catch (error) {
      if (!(error instanceof ConflictError) || left <= 1) throw error;
      return attempt(left - 1);
    }
    return { event: { type: 'thread.item.replaced', item }, itemText };
  }
}

function notAWidget({ id, type }: ThreadItem): DeveloperError {
  return new DeveloperError(
    'not_a_widget',
    `replace() was given a function for item "${id}", which is of type "${type}".`,
    'Pass a whole item instead.',
  );
}
