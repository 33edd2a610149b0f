import type { EventDraft, RunContext } from '../context';
import { ChatError } from '../errors';
import {
  checkEvent,
  isHiddenType,
  serialiseEvent,
  serialiseItem,
  toThreadResponse,
  type ThreadStreamEvent,
} from '../protocol';
import { chain, type Awaitable } from '../store';
import { complete, type CompletedEvent } from './complete';
import { HiddenItems } from './hidden-items';
import { inspectEvent } from './inspect-widgets';
import { PendingItems } from './pending-items';
import { changeWidget, saveItem, type Persisted } from './persist';
import { saveThreadChanges, ThreadWatch } from './thread-watch';

/**
 * What happens to one event: it is completed, stored, and only then sent; a hidden one is stored and
 * dropped; a thread that the handler has changed is saved after it.
 */
export class Outbox {
  readonly pending = new PendingItems();
  private readonly hidden: HiddenItems;
  private readonly watch: ThreadWatch;

  constructor(
    private readonly ctx: RunContext,
    private readonly send: (text: string) => void,
    private readonly options: { check: boolean },
  ) {
    this.hidden = new HiddenItems(ctx, this.pending);
    this.watch = new ThreadWatch(ctx.thread);
  }

  /** Completes, stores and sends one event. */
  process(draft: EventDraft): Awaitable<void> {
    const event = complete(draft, this.ctx);
    if (this.options.check && !('change' in event)) assertValid(event);
    return chain(this.hidden.isHidden(event), (isHidden) =>
      chain(this.persist(event), (persisted) => {
        this.pending.note(persisted.event);
        if (!isHidden) this.send(serialiseEvent(persisted.event, persisted.itemText));
        inspectEvent(persisted.event, this.ctx);
        return this.saveThreadChanges();
      }),
    );
  }

  private persist(event: CompletedEvent): Awaitable<Persisted<ThreadStreamEvent>> {
    const { ctx } = this;
    switch (event.type) {
      case 'thread.item.replaced':
        if ('change' in event) return changeWidget(event, ctx);
        return chain(saveItem(event.item, ctx), (itemText) => ({ event, itemText }));
      case 'thread.item.done':
        return chain(saveItem(event.item, ctx), (itemText) => ({ event, itemText }));
      case 'thread.item.removed':
        return chain(ctx.services.store.deleteItem(ctx, ctx.thread.id, event.item_id), () => ({ event }));
      case 'thread.item.added':
        return { event, itemText: serialiseItem(event.item) };
      case 'thread.created':
        return chain(ctx.services.store.createThread(ctx, ctx.thread), () => ({ event }));
      default:
        return { event };
    }
  }

  /** Saves a thread that a handler has changed, and tells the client. */
  saveThreadChanges(): Awaitable<void> {
    return chain(saveThreadChanges(this.watch, this.ctx), (saved) => {
      if (saved === undefined) return;
      this.send(serialiseEvent({ type: 'thread.updated', thread: toThreadResponse(saved) }));
    });
  }
}

function assertValid(event: ThreadStreamEvent): void {
  const issues = checkEvent(event);
  if (issues.length === 0) return;
  const hidden = 'item' in event && isHiddenType(event.item.type);
  const faults = issues
    .map(({ path, message }) => (hidden ? path : `${path}: ${message}`)) // messages show values
    .join('; ');
  throw new ChatError(`A handler yielded an invalid "${event.type}" event: ${faults}`, 500, 'invalid_event', {
    ...(hidden ? {} : { issues }),
  });
}
