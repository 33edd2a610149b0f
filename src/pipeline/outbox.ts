import type { EventDraft, RunContext } from '../context';
import {
  toThreadResponse,
  writeEvent,
  writeItem,
  type AssistantMessageItem,
  type ThreadItem,
  type ThreadItemDoneEvent,
  type ThreadItemRemovedEvent,
  type ThreadItemUpdatedEvent,
  type ThreadStreamEvent,
} from '../protocol';
import { chain, isOneWrite, isPromise, saveWithAttachments, type Awaitable } from '../store';
import { complete, type CompletedEvent } from './complete';
import { warnOfFarPart } from './far-part';
import { HeldTexts } from './held-texts';
import { inEvent, inspectValues } from './inspect-values';
import { inspectEvent } from './inspect-widgets';
import { CUT_OFF, keepWithNote, saveEach, shownMessages } from './keep-shown';
import { changeWidget, type Persisted } from './persist';
import { warnOfTakenId } from './taken-id';
import { saveThreadChanges, ThreadWatch } from './thread-watch';
import { SharedWidgets } from './shared-widgets';
import { PendingItems, Visibility } from './shown-items';

/**
 * Processes each event: completes it, stores it, and only then sends it. A hidden event is stored but not
 * sent. If the handler has changed the thread, it is saved after the event.
 */
export class Outbox {
  readonly pending = new PendingItems();
  /** The item whose last event is being stored: after that, earlier states of it must not be stored. */
  private ending: string | undefined;
  private shared: SharedWidgets | undefined;
  private readonly visibility: Visibility;
  /** Created when the application first reads the thread, which it cannot change before. */
  private watch: ThreadWatch | undefined;
  /** The last event that was written as JSON. */
  private written: EventDraft | undefined;
  /** The store operation in progress. Never rejects. */
  private inFlight: Promise<void> | undefined;
  /** Created when the run first goes on before a commit, with a store that writes in order. */
  private held: HeldTexts | undefined;
  private noMoreWrites = false;
  /** Called once, when all writes are in the store's queue and wait for their commit; may add one more. */
  record: { readonly noteId: string; closeWithLastWrites(): Promise<void> | undefined } | undefined;
  /** Called once, when a write that `process` did not wait for has failed. */
  onFailure: ((error: unknown) => void) | undefined;

  constructor(
    private readonly ctx: RunContext,
    private readonly sendNow: (text: string) => void,
  ) {
    this.visibility = new Visibility(ctx);
    const watch = (): void => {
      this.watch = new ThreadWatch(ctx.thread);
    };
    if (ctx.isThreadRead) watch();
    else ctx.onThreadRead = watch;
  }

  /** Whether something is being stored. */
  get busy(): boolean {
    return this.inFlight !== undefined;
  }

  /** Whether the store has received all writes of the run, and no more will follow. */
  get isFinished(): boolean {
    return this.noMoreWrites;
  }

  /** Resolves when nothing is being stored any more. Never rejects. */
  async idle(): Promise<void> {
    await this.inFlight;
    await this.held?.settled();
  }

  /**
   * Whether this event, if it is the last one given, has been written as JSON. Then it contains no promises:
   * writing them fails. An event that was not written may wait or be dropped while a promise in it rejects.
   */
  hasWritten(event: unknown): boolean {
    return this.written === event;
  }

  /** Resolves when everything so far is stored and sent, or has failed. */
  settled(): Promise<void> | undefined {
    return this.held?.settled();
  }

  /** Resolves when everything so far is stored and sent; rejects if that failed. */
  committed(): Promise<void> | undefined {
    return this.held?.committed();
  }

  /**
   * Completes, stores and sends one event. Call it again when it resolves. With a store that writes in order,
   * that is before the commit: only the sending waits for the commit.
   */
  process(draft: EventDraft): Awaitable<void> {
    const stored = this.store(draft);
    return this.tracked(isPromise(stored) ? stored : this.held?.settledIfMuch());
  }

  /** What must be awaited of a write before the next one may be made. */
  handedOver(write: Promise<unknown>, shown?: AssistantMessageItem): Promise<void> | undefined {
    if (this.ctx.services.store.writesInOrder !== true) return write.then(() => undefined);
    this.held ??= new HeldTexts(this.sendNow, (error) => this.onFailure?.(error));
    this.held.after(write, shown);
    return undefined;
  }

  private store(draft: EventDraft): Awaitable<void> {
    const event = this.naming(draft, () => complete(draft, this.ctx));
    // Without this check, the page would show text that is gone after a reload.
    if (!('change' in event) && this.pending.isBeyond(event)) {
      warnOfFarPart(event, this.ctx);
      return;
    }
    return chain(this.visibility.showing(event, draft), (showing) =>
      chain(
        this.naming(draft, () => this.persist(event, draft)),
        (persisted) => {
          // For an update, the handler's own state: changes by other requests are merged when it is done.
          this.pending.note(
            event.type === 'thread.item.updated' ? event : persisted.event,
            persisted.itemText,
          );
          this.ending = undefined;
          if (showing === 'send') {
            this.send(this.naming(draft, () => writeEvent(persisted.event, persisted.itemText)));
            this.written = draft;
          }
          if (showing === 'remove') this.send(writeEvent(removalOf(event)));
          const { check, inspectWidget } = this.ctx.services;
          if (inspectWidget !== undefined) inspectEvent(persisted.event, this.ctx);
          if (check === true) inspectValues('change' in draft ? persisted.event : draft, this.ctx);
          return this.saveThreadChanges();
        },
      ),
    );
  }

  /** Sends a text, after the commit of the writes before it. */
  private send(text: string): void {
    if (this.held === undefined) this.sendNow(text);
    else this.held.add(text);
  }

  /** Stores the current state of an unfinished widget, so that an action can find and change it. */
  async share(id: string): Promise<void> {
    if (this.ending === id) return this.inFlight; // it is being stored as done
    const item = this.pending.get(id);
    if (item?.type === 'widget') await (this.shared ??= new SharedWidgets(this.ctx)).store({ ...item });
    else await this.held?.settled(); // it may be done and wait for its commit
  }

  /** The messages that were shown but are not done, or could not be stored as done. */
  shown(): AssistantMessageItem[] {
    const pending = this.pending.list();
    const shown = pending.length === 0 ? [] : shownMessages(pending);
    return this.held === undefined ? shown : [...this.held.lost, ...shown];
  }

  /** Stores the shown messages, as far as they have come. */
  private keepShown(): Awaitable<void> {
    return saveEach(this.shown(), this.ctx);
  }

  /** Does so after the event that is being stored. No event may be processed until that is done. */
  keepShownInTurn(): Awaitable<void> {
    return this.tracked(chain(this.inFlight, () => this.keepShown()));
  }

  /** Called when no more events follow: stores what was shown, and saves changes of the thread. */
  finish(): Awaitable<void> {
    return this.tracked(
      chain(this.keepRest(), () => {
        this.noMoreWrites = true;
        if (this.held?.settled() === undefined) return undefined;
        const closing = this.record?.closeWithLastWrites();
        if (closing !== undefined) this.held.after(closing);
        return this.held.settled();
      }),
    );
  }

  private keepRest(): Awaitable<void> {
    const shown = this.shown();
    if (shown.length === 0) return this.saveThreadChanges();
    const itemIds = shown.map(({ id }) => id);
    this.ctx.log.warn({ itemIds }, 'messages were added but never done: the part that was shown is stored');
    const kept = keepWithNote(shown, CUT_OFF.brokenOff, this.record?.noteId, this.ctx);
    return chain(kept, () => this.saveThreadChanges());
  }

  private tracked(work: Awaitable<void>): Awaitable<void> {
    if (!isPromise(work)) return;
    const over = (): void => {
      if (this.inFlight === settled) this.inFlight = undefined; // nothing follows in its turn
    };
    const done = work.then(over, (error: unknown) => {
      over();
      throw error;
    });
    const settled = done.then(undefined, () => undefined);
    this.inFlight = settled;
    return done;
  }

  private persist(event: CompletedEvent, draft: EventDraft): Awaitable<Persisted<ThreadStreamEvent>> {
    const { ctx } = this;
    switch (event.type) {
      case 'thread.item.replaced':
        if ('change' in event) return changeWidget(event, ctx);
        this.shared?.forget(event.item.id);
        this.ending = event.item.id;
        return this.saved(event, draft);
      case 'thread.item.done':
        this.ending = event.item.id;
        return this.done(event, draft);
      case 'thread.item.updated':
        return this.updated(event);
      case 'thread.item.removed':
        this.ending = event.item_id;
        this.shared?.forget(event.item_id);
        return this.removed(event);
      case 'thread.item.added':
        return chain(warnOfTakenId(event.item, ctx), () => ({ event, itemText: writeItem(event.item) }));
      case 'error':
        // The client takes an error as the end, so what it has seen by then must be there after a reload.
        return chain(this.keepShown(), () => ({ event }));
      default:
        return { event };
    }
  }

  /** Adds the event to the error of a value that cannot be written. */
  private naming<T>(draft: EventDraft, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw inEvent(error, draft, this.ctx);
    }
  }

  private done(event: ThreadItemDoneEvent, draft: EventDraft): Awaitable<Persisted<ThreadStreamEvent>> {
    const { item } = event;
    if (item.type !== 'widget' || this.shared?.has(item.id) !== true) return this.saved(event, draft);
    return this.shared
      .finish(item)
      .then((finished) =>
        finished === undefined
          ? { event: { type: 'thread.item.removed', item_id: item.id } }
          : { event: { ...event, item: finished.item }, itemText: finished.itemText },
      );
  }

  private saved<E extends { item: ThreadItem }>(event: E, draft: EventDraft): Awaitable<Persisted<E>> {
    const { item } = event;
    const { services, root } = this.ctx;
    const persisted = { event, itemText: writeItem(item) };
    this.written = draft;
    const saving =
      item.type === 'user_message'
        ? saveWithAttachments(services.store, this.ctx, item, persisted.itemText, { seenTo: root.sending })
        : services.store.saveItem(this.ctx, item, persisted.itemText);
    if (!isPromise(saving)) return persisted;
    if (!isOneWrite(item, root.sending)) return saving.then(() => persisted);
    return chain(this.handedOver(saving, this.shownOf(item.id)), () => persisted);
  }

  private removed(event: ThreadItemRemovedEvent): Awaitable<Persisted<ThreadStreamEvent>> {
    const { services, threadId } = this.ctx;
    const deleting = services.store.deleteItem(this.ctx, threadId, event.item_id);
    return chain(isPromise(deleting) ? this.handedOver(deleting) : undefined, () => ({ event }));
  }

  private shownOf(id: string): AssistantMessageItem | undefined {
    const item = this.pending.get(id);
    return item && shownMessages([item])[0];
  }

  /** If others share the widget, an update of the whole root must not undo their changes. */
  private updated(event: ThreadItemUpdatedEvent): Awaitable<Persisted<ThreadStreamEvent>> {
    const { item_id, update } = event;
    if (update.type !== 'widget.root.updated' || this.shared?.has(item_id) !== true) return { event };
    return this.shared
      .shown(item_id, update.widget)
      .then((widget) => ({ event: { ...event, update: { ...update, widget } } }));
  }

  /** Saves a thread that a handler has changed, and informs the client. */
  private saveThreadChanges(): Awaitable<void> {
    if (this.watch === undefined) return;
    return chain(saveThreadChanges(this.watch, this.ctx), (saved) => {
      if (saved === undefined) return;
      this.send(writeEvent({ type: 'thread.updated', thread: toThreadResponse(saved) }));
    });
  }
}

function removalOf(event: CompletedEvent): ThreadStreamEvent {
  if (!('item' in event)) throw new Error(`A "${event.type}" event has no item to remove.`);
  return { type: 'thread.item.removed', item_id: event.item.id };
}
