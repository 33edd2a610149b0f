import type { ChatContext, EventDraft } from '../../context';
import type { ThreadItem } from '../../protocol';
import type { Drafts } from '../convert/drafts';
import { storedItem } from '../input/stored-item';

/**
 * Records the changes of a run in its thread: the items that it created, and the earlier state of older items
 * that it changed. If a guardrail stops the run, the former are removed and the latter restored.
 */
export class Footprint {
  private readonly created = new Set<string>();
  private readonly before = new Map<string, ThreadItem>();

  constructor(private readonly ctx: ChatContext) {}

  /** Records the state of an item of an earlier turn that the run may change. */
  keep(item: ThreadItem): void {
    this.before.set(item.id, item);
  }

  /** Records the item of an event as new, unless it is recorded as an item of an earlier turn. */
  noteNew(event: EventDraft): void {
    const id = isBeginning(event) ? event.item.id : undefined;
    if (id !== undefined && !this.before.has(id)) this.created.add(id);
  }

  /** Must be called before an event of a tool is sent, because it may change an item of an earlier turn. */
  async note(event: EventDraft): Promise<void> {
    const id = itemIdOf(event);
    if (id === undefined || this.created.has(id) || this.before.has(id)) return;
    const stored = await storedItem(this.ctx, id);
    if (stored !== undefined) this.before.set(id, stored);
  }

  /** Returns the events that undo all changes. */
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
