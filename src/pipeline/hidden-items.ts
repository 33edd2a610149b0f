import type { RunContext } from '../context';
import { ChatError } from '../errors';
import { isHiddenType } from '../protocol';
import { isPromise, type Awaitable } from '../store';
import type { CompletedEvent } from './complete';
import type { PendingItems } from './pending-items';

/** Knows which of a run's events are about items that never leave the server. */
export class HiddenItems {
  private readonly ids = new Set<string>();

  constructor(
    private readonly ctx: RunContext,
    private readonly pending: PendingItems,
  ) {}

  /** Whether clients must not see the event. Ids that this run has not met are looked up. */
  isHidden(event: CompletedEvent): Awaitable<boolean> {
    if ('item' in event) {
      const hidden = isHiddenType(event.item.type);
      if (hidden) this.ids.add(event.item.id);
      return hidden;
    }
    if (!('item_id' in event) || 'change' in event) return false;
    if (this.ids.has(event.item_id)) return true;
    const pending = this.pending.get(event.item_id);
    if (pending !== undefined) return isHiddenType(pending.type);
    // An update of an item that is nowhere may be of a hidden one that an earlier run began.
    return this.isHiddenInStore(event.item_id, event.type === 'thread.item.updated');
  }

  private isHiddenInStore(itemId: string, ifMissing: boolean): Awaitable<boolean> {
    const { ctx } = this;
    const unknown = (error: unknown): boolean => {
      if (error instanceof ChatError && error.code === 'not_found') return ifMissing;
      throw error;
    };
    try {
      const stored = ctx.services.store.loadItem(ctx, ctx.thread.id, itemId);
      if (!isPromise(stored)) return isHiddenType(stored.item.type);
      return stored.then(({ item }) => isHiddenType(item.type), unknown);
    } catch (error) {
      return unknown(error);
    }
  }
}
