import type { EventDraft, RunContext } from '../context';
import { ChatError } from '../errors';
import {
  applyUpdate,
  isFarAhead,
  isHiddenType,
  writeItem,
  type AssistantMessageItem,
  type ThreadItem,
  type ThreadItemUpdate,
  type ThreadStreamEvent,
  type VisibleItem,
} from '../protocol';
import { isPromise, type Awaitable } from '../store';
import type { CompletedEvent } from './complete';

/**
 * How an event is treated: `send` it; `keep back` an event of a hidden item; or `remove`: tell the client to
 * remove an item that it has seen and that is hidden from now on.
 */
export type Showing = 'send' | 'keep back' | 'remove';

/**
 * What this run knows of an item. `shown`: the client has it. `hidden`: the client never had it, or was told
 * to remove it. `stored hidden`: it is stored as hidden, but the client may still have it from before.
 */
type Seen = 'shown' | 'hidden' | 'stored hidden';

/** Knows which items of a thread the client has, and which of them are never sent to the client. */
export class Visibility {
  private readonly seen = new Map<string, Seen>();

  constructor(private readonly ctx: RunContext) {}

  /** @param draft the event before it was completed: an item without an id is new */
  showing(event: CompletedEvent, draft: EventDraft): Awaitable<Showing> {
    if ('item' in event) {
      const isNew = !('item' in draft) || draft.item.id === undefined;
      return this.showingOfItem(event.item.id, isHiddenType(event.item.type), isNew);
    }
    if (!('item_id' in event)) return 'send';
    const { item_id: id } = event;
    if ('change' in event) return this.mark(id, 'shown', 'send'); // it is a widget, or the change fails
    const known = this.seen.get(id);
    if (event.type === 'thread.item.removed') {
      this.seen.delete(id);
      return known === 'hidden' ? 'keep back' : 'send';
    }
    if (known !== undefined) return known === 'shown' ? 'send' : 'keep back';
    return whenKnown(this.inStore(id), (found) => {
      // An update of an unknown item may belong to a hidden one that an earlier run began.
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

  /** For an item that is new to this run: what an earlier run stored. */
  private inStore(itemId: string): Awaitable<Seen | undefined> {
    const { ctx } = this;
    const seenAs = ({ item }: { item: { type: string } }): Seen =>
      isHiddenType(item.type) ? 'stored hidden' : 'shown';
    const missing = (error: unknown): undefined => {
      if (error instanceof ChatError && error.code === 'not_found') return undefined;
      throw error;
    };
    try {
      const stored = ctx.afterWrites(() => ctx.services.store.loadItem(ctx, ctx.threadId, itemId));
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

/**
 * The items that were added and are not done yet, in their current state: the part of an answer that exists
 * when it is cancelled. They are built from the text that was sent, since the handler may change its own
 * objects, and only on demand, since most items are done before.
 */
export class PendingItems {
  private readonly items = new Map<string, PendingItem>();

  get(id: string): ThreadItem | undefined {
    return this.items.get(id)?.item;
  }

  list(): ThreadItem[] {
    return Array.from(this.items.values(), ({ item }) => item);
  }

  /** Whether an event updates a part so far after the last part of its message that it cannot be kept. */
  isBeyond(event: ThreadStreamEvent): boolean {
    return (
      event.type === 'thread.item.updated' && this.items.get(event.item_id)?.isBeyond(event.update) === true
    );
  }

  /** @param text the JSON text of the event's item, if available */
  note(event: ThreadStreamEvent, text?: string): void {
    switch (event.type) {
      case 'thread.item.added':
        this.items.set(event.item.id, new PendingItem(text ?? writeItem(event.item)));
        break;
      case 'thread.item.updated':
        this.items.get(event.item_id)?.update(event.update); // hidden items have no updates
        break;
      case 'thread.item.done':
      case 'thread.item.replaced':
        this.items.delete(event.item.id);
        break;
      case 'thread.item.removed':
        this.items.delete(event.item_id);
        break;
      default:
        break;
    }
  }
}

type TextDelta = Extract<ThreadItemUpdate, { type: 'assistant_message.content_part.text_delta' }>;

class PendingItem {
  private parsed: VisibleItem | undefined;
  /** The joined consecutive deltas of one part: an answer has thousands of them. */
  private tail: TextDelta | undefined;

  constructor(private readonly text: string) {}

  get item(): VisibleItem {
    this.parsed ??= JSON.parse(this.text) as VisibleItem;
    if (this.tail !== undefined) this.parsed = applyUpdate(this.parsed, this.tail);
    this.tail = undefined;
    return this.parsed;
  }

  isBeyond(update: ThreadItemUpdate): boolean {
    if (!('content_index' in update) || update.content_index === this.tail?.content_index) return false;
    const { item } = this;
    return item.type === 'assistant_message' && isFarAhead(item, update.content_index);
  }

  update(update: ThreadItemUpdate): void {
    const { tail } = this;
    if (update.type !== 'assistant_message.content_part.text_delta') {
      this.parsed = applyUpdate(this.item, copyOf(update));
    } else if (tail?.content_index === update.content_index) tail.delta += update.delta;
    else {
      this.parsed = this.item;
      this.tail = { ...update };
    }
  }
}

/** Only whitespace, as Python defines it, so that the same texts are kept as in the reference server. */
// eslint-disable-next-line no-control-regex -- Python counts some of them as whitespace
const BLANK = /^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/;

/** Whether a message has any text worth storing. */
export function hasText(item: AssistantMessageItem): boolean {
  return item.content.some((part) => !BLANK.test(part.text));
}

/** A copy, as it is sent and stored: the handler may change its own object. */
function copyOf(update: ThreadItemUpdate): ThreadItemUpdate {
  return 'delta' in update ? update : (JSON.parse(JSON.stringify(update)) as ThreadItemUpdate);
}
