import type { EventDraft, RunContext, ScopedStore } from '../context';
import { holdPromises, ownLookup } from '../errors';
import { changeWidget, completeItem, inspectItem, saveItem } from '../pipeline';
import {
  conformPatch,
  refusePromises,
  type ThreadItem,
  type ThreadMetadata,
  type WidgetItem,
  type WidgetRoot,
} from '../protocol';
import type { Awaitable, ThreadPatch } from '../store';

/** Access to one owner's threads, outside a request. */
export class OutsideChat {
  constructor(private readonly makeContext: () => RunContext) {}

  /** The store, bound to the owner. */
  get store(): ScopedStore {
    return this.makeContext().store;
  }

  /** @throws NotFoundError */
  async thread(threadId: string): Promise<OutsideThread> {
    const ctx = this.makeContext();
    ctx.thread = await ownLookup(() => ctx.services.store.loadThread(ctx, threadId));
    return new OutsideThread(ctx);
  }
}

/** A thread, outside a request. The page shows changes when it next loads the thread. */
export class OutsideThread {
  constructor(private readonly ctx: RunContext) {}

  get metadata(): ThreadMetadata {
    return this.ctx.thread;
  }

  /**
   * Stores the item of an event helper such as `assistantMessage()`, `widget()` or `hiddenContext()`.
   *
   * @returns the stored item
   * @throws TypeError for events that store nothing
   */
  async add(draft: EventDraft): Promise<ThreadItem> {
    if (draft.type !== 'thread.item.done') {
      holdPromises(draft);
      throw new TypeError(`add: a "${draft.type}" event stores nothing outside a request.`);
    }
    const item = completeItem(draft.item, this.ctx);
    await ownLookup(() => saveItem(item, this.ctx));
    inspectItem(item, this.ctx);
    return item;
  }

  /**
   * Replaces a stored widget by the one that `change` returns.
   *
   * @throws NotFoundError
   * @throws ConflictError if other requests changed it meanwhile, in each of three attempts
   * @throws DeveloperError `not_a_widget`
   */
  async replace(
    itemId: string,
    change: (current: WidgetRoot, item: WidgetItem) => Awaitable<WidgetRoot>,
  ): Promise<WidgetItem> {
    const { event } = await changeWidget({ item_id: itemId, change }, this.ctx);
    inspectItem(event.item, this.ctx);
    return event.item;
  }

  /**
   * Sets title, status, allowed image domains, and keys of the metadata. Keys given as `undefined` are
   * removed; keys not given stay.
   *
   * @throws NotFoundError
   */
  async update(patch: ThreadPatch): Promise<ThreadMetadata> {
    const { ctx } = this;
    refusePromises(patch, 'A change of a thread');
    ctx.thread = await ownLookup(() =>
      ctx.services.store.patchThread(ctx, ctx.threadId, conformPatch(patch)),
    );
    return ctx.thread;
  }
}
