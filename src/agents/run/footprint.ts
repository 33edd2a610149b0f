import type { ChatContext, EventDraft } from '../../context';
import type { ThreadItem } from '../../protocol';
import type { Drafts } from '../convert/drafts';
import { storedItem } from '../input/stored-item';

/**
 * What a run leaves in its thread: which items it made, and what those of earlier turns were before it
 * changed them. A guardrail that stops the run takes back the first and restores the second.
 */
export class Footprint {
  private readonly created = new Set<string>();
  private readonly before = new Map<string, ThreadItem>();

  constructor(private readonly ctx: ChatContext) {}

  /** An item of an earlier turn that the run may change. */
  keep(item: ThreadItem): void {
    this.before.set(item.id, item);
  }

  /** An event about an item that is new, where it is not known to be there already. */
  noteNew(event: EventDraft): void {
    const id = isBeginning(event) ? event.item.id : undefined;
    if (id !== undefined && !this.before.has(id)) this.created.add(id);
  }

  /** An event of a tool, before it is sent: it may be about an item of an earlier turn. */
  async note(event: EventDraft): Promise<void> {
    const id = itemIdOf(event);
    if (id === undefined || this.created.has(id) || this.before.has(id)) return;
    const stored = await storedItem(this.ctx, id);
    if (stored !== undefined) this.before.set(id, stored);
  }

  /** The events that undo it all. */
  takeBack(): Drafts {
    const removed = Array.from(this.created, (item_id): EventDraft => ({
      type: 'thread.item.removed',
      item_id,
    }));
    const restored = Array.from(this.before.values(), (item): EventDraft => ({
      type: 'thread.item.replaced',
      item,
    }));
    return [...removed, ...restored];
  }
}

function isBeginning(
  event: EventDraft,
): event is Extract<EventDraft, { type: 'thread.item.added' | 'thread.item.done' }> {
  return event.type === 'thread.item.added' || event.type === 'thread.item.done';
}

function itemIdOf(event: EventDraft): string | undefined {
  if ('item' in event) return event.item.id;
  return 'item_id' in event ? event.item_id : undefined;
}
