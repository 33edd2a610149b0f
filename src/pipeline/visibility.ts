import type { EventDraft, RunContext } from '../context';
import { ChatError } from '../errors';
import { isHiddenType } from '../protocol';
import { isPromise, type Awaitable } from '../store';
import type { CompletedEvent } from './complete';

/**
 * What becomes of an event on its way to the client: it is sent; it is kept back, since its item is
 * hidden; or the client is told to remove an item that it has seen and that is hidden from now on.
 */
export type Showing = 'send' | 'keep back' | 'remove';

/**
 * What this run knows of an item: the client has it; the client never had it, or was told to remove it;
 * or it is hidden as it is stored, but may have been visible before, and the client may have it still.
 */
type Seen = 'shown' | 'hidden' | 'stored hidden';

/** Knows which items of a thread the client has, and which of them never leave the server. */
export class Visibility {
  private readonly seen = new Map<string, Seen>();

  constructor(private readonly ctx: RunContext) {}

  /** @param draft the event before it was completed: an item without an id is a new one */
  showing(event: CompletedEvent, draft: EventDraft): Awaitable<Showing> {
    if ('item' in event) {
      const isNew = !('item' in draft) || draft.item.id === undefined;
      return this.showingOfItem(event.item.id, isHiddenType(event.item.type), isNew);
    }
    if (!('item_id' in event)) return 'send';
    const { item_id: id } = event;
    if ('change' in event) return this.mark(id, 'shown', 'send'); // it is a widget, or fails
    const known = this.seen.get(id);
    if (event.type === 'thread.item.removed') {
      this.seen.delete(id);
      return known === 'hidden' ? 'keep back' : 'send';
    }
    if (known !== undefined) return known === 'shown' ? 'send' : 'keep back';
    return whenKnown(this.inStore(id), (found) => {
      // An update of an item that is nowhere may be of a hidden one that an earlier run began.
      if (found === undefined) return 'keep back';
      return this.mark(id, found, found === 'shown' ? 'send' : 'keep back');
    });
  }

  private showingOfItem(id: string, hidden: boolean, isNew: boolean): Awaitable<Showing> {
    if (!hidden) return this.mark(id, 'shown', 'send');
    const before = this.seen.get(id) ?? (isNew ? undefined : this.inStore(id));
    return whenKnown(before, (found) =>
      found === 'stored hidden'
        ? this.mark(id, found, 'keep back')
        : this.mark(id, 'hidden', found === 'shown' ? 'remove' : 'keep back'),
    );
  }

  private mark(id: string, seen: Seen, showing: Showing): Showing {
    this.seen.set(id, seen);
    return showing;
  }

  /** For an item that this run has not met: what an earlier one stored. */
  private inStore(itemId: string): Awaitable<Seen | undefined> {
    const { ctx } = this;
    const seenAs = ({ item }: { item: { type: string } }): Seen =>
      isHiddenType(item.type) ? 'stored hidden' : 'shown';
    const missing = (error: unknown): undefined => {
      if (error instanceof ChatError && error.code === 'not_found') return undefined;
      throw error;
    };
    try {
      const stored = ctx.afterWrites(() => ctx.services.store.loadItem(ctx, ctx.thread.id, itemId));
      return isPromise(stored) ? Promise.resolve(stored).then(seenAs, missing) : seenAs(stored);
    } catch (error) {
      missing(error);
      return;
    }
  }
}

function whenKnown(
  seen: Awaitable<Seen | undefined>,
  decide: (seen: Seen | undefined) => Showing,
): Awaitable<Showing> {
  return isPromise(seen) ? seen.then(decide) : decide(seen);
}
