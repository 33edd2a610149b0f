import { Observable, type OperatorFunction, type Subscriber } from 'rxjs';
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
import { chain, isPromise, type Awaitable } from '../store';
import { complete, type CompletedEvent } from './complete';
import type { Gate } from './gate';
import { BUFFER_LIMIT, overflowError } from './observable-iterator';
import { PendingItems } from './pending-items';
import { changeWidget, saveItem, type Persisted } from './persist';
import { saveThreadChanges, ThreadWatch } from './thread-watch';

interface Waiter {
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * The one way out of a run. Drafts are completed, stored, and only then sent, in the order in which
 * they came; hidden ones are stored and dropped; a changed thread is saved after the event that
 * changed it.
 */
export class Delivery {
  readonly pending = new PendingItems();
  private readonly watch: ThreadWatch;
  private readonly queue: { draft: EventDraft; waiter: Waiter | undefined }[] = [];
  private readonly hiddenIds = new Set<string>();
  private out: Subscriber<string> | undefined;
  private inFlight: Promise<void> | undefined;
  private finishing = false;
  private overflowed = false;
  private closed = false;

  constructor(
    private readonly ctx: RunContext,
    private readonly gate: Gate,
    private readonly options: { check: boolean },
  ) {
    this.watch = new ThreadWatch(ctx.thread);
    gate.first = () => this.drain();
  }

  open(out: Subscriber<string>): void {
    this.out = out;
  }

  /** Takes a draft, now or when its turn comes. */
  accept(draft: EventDraft, waiter?: Waiter): void {
    if (this.closed || this.overflowed) waiter?.reject(runEnded());
    else if (this.gate.isOpen) this.work(draft, waiter);
    else if (this.queue.length < BUFFER_LIMIT) this.queue.push({ draft, waiter });
    else {
      this.overflowed = true;
      waiter?.reject(overflowError(BUFFER_LIMIT));
    }
  }

  /** Nothing more will come from the handler: ends when all that came is through. */
  finish(): void {
    this.finishing = true;
    this.endIfDone();
  }

  /** Takes no more. What was taken and not yet stored is given up; what is being stored is finished. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.gate.first = undefined;
    for (const { waiter } of this.queue.splice(0)) waiter?.reject(runEnded());
  }

  /** Resolves when nothing is being stored any more. */
  async idle(): Promise<void> {
    await this.inFlight;
  }

  private work(draft: EventDraft, waiter: Waiter | undefined): void {
    let outcome: Awaitable<void>;
    try {
      outcome = this.process(draft);
    } catch (error) {
      this.fail(error, waiter);
      return;
    }
    if (!isPromise(outcome)) {
      this.accepted(waiter);
      return;
    }
    this.gate.hold();
    this.inFlight = outcome.then(
      () => {
        this.inFlight = undefined;
        this.gate.release();
        this.accepted(waiter);
        this.endIfDone();
      },
      (error: unknown) => {
        this.inFlight = undefined;
        this.fail(error, waiter);
      },
    );
  }

  private drain(): void {
    while (this.gate.isOpen) {
      const next = this.queue.shift();
      if (next === undefined) break;
      this.work(next.draft, next.waiter);
    }
    this.endIfDone();
  }

  private accepted(waiter: Waiter | undefined): void {
    if (waiter === undefined) return;
    if (this.gate.isOpen || this.closed) waiter.resolve();
    else this.gate.whenOpen(waiter.resolve);
  }

  private fail(error: unknown, waiter?: Waiter): void {
    waiter?.reject(error);
    if (this.closed) return;
    this.close();
    this.gate.hold(); // for good: nothing is to be pulled any more
    this.out?.error(error);
  }

  private endIfDone(): void {
    if (this.closed || this.inFlight !== undefined || this.queue.length > 0) return;
    if (this.overflowed) {
      this.fail(overflowError(BUFFER_LIMIT));
      return;
    }
    if (!this.finishing) return;
    this.finishing = false;
    try {
      const saved = this.saveThreadChanges();
      if (isPromise(saved))
        saved.then(
          () => this.complete(),
          (error: unknown) => this.fail(error),
        );
      else this.complete();
    } catch (error) {
      this.fail(error);
    }
  }

  private complete(): void {
    if (this.closed) return;
    this.close();
    this.out?.complete();
  }

  private process(draft: EventDraft): Awaitable<void> {
    const event = complete(draft, this.ctx);
    if (this.options.check && !('change' in event)) assertValid(event);
    return chain(this.isHidden(event), (hidden) =>
      chain(this.persist(event), (persisted) => {
        this.pending.note(persisted.event);
        if (!hidden) this.out?.next(serialiseEvent(persisted.event, persisted.itemText));
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

  /** Whether clients must not see the event. Ids that this run has not met are looked up. */
  private isHidden(event: CompletedEvent): Awaitable<boolean> {
    if ('item' in event) {
      const hidden = isHiddenType(event.item.type);
      if (hidden) this.hiddenIds.add(event.item.id);
      return hidden;
    }
    if (!('item_id' in event) || 'change' in event) return false;
    if (this.hiddenIds.has(event.item_id)) return true;
    const pending = this.pending.get(event.item_id);
    if (pending !== undefined) return isHiddenType(pending.type);
    return this.isHiddenInStore(event.item_id);
  }

  private isHiddenInStore(itemId: string): Awaitable<boolean> {
    const { ctx } = this;
    const unknown = (error: unknown): boolean => {
      if (error instanceof ChatError && error.code === 'not_found') return false;
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

  private saveThreadChanges(): Awaitable<void> {
    return chain(saveThreadChanges(this.watch, this.ctx), (saved) => {
      if (saved === undefined) return;
      this.out?.next(serialiseEvent({ type: 'thread.updated', thread: toThreadResponse(saved) }));
    });
  }
}

/** Sends a run's drafts through its delivery, and gives the texts for the wire. */
export function deliver(delivery: Delivery): OperatorFunction<EventDraft, string> {
  return (source) =>
    new Observable((out) => {
      delivery.open(out);
      out.add(() => delivery.close());
      out.add(
        source.subscribe({
          next: (draft) => delivery.accept(draft),
          error: (error: unknown) => out.error(error),
          complete: () => delivery.finish(),
        }),
      );
    });
}

export function runEnded(): ChatError {
  return new ChatError('The run has ended: it takes no more events.', 409, 'run_ended');
}

function assertValid(event: ThreadStreamEvent): void {
  const issues = checkEvent(event);
  if (issues.length === 0) return;
  const faults = issues.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new ChatError(`A handler yielded an invalid "${event.type}" event: ${faults}`, 500, 'invalid_event', {
    issues,
  });
}
