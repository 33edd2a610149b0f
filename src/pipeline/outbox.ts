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
 * What happens to one event: it is completed, stored, and only then sent; a hidden one is stored and
 * kept back; a thread that the handler has changed is saved after it.
 */
export class Outbox {
  readonly pending = new PendingItems();
  /** The item whose last event is being stored: from then on what it was before is not stored. */
  private ending: string | undefined;
  private shared: SharedWidgets | undefined;
  private readonly visibility: Visibility;
  /** Made when the application first reads the thread: before that it cannot change it. */
  private watch: ThreadWatch | undefined;
  /** The last event of which the JSON is written. */
  private written: EventDraft | undefined;
  /** What is being stored. Never rejects. */
  private inFlight: Promise<void> | undefined;
  /** Made when the run first goes on before a commit, as with stores that write in order. */
  private held: HeldTexts | undefined;
  private noMoreWrites = false;
  /** Asked once, when all writes are with the store and wait for their commit: it may add one. */
  record: { readonly noteId: string; closeWithLastWrites(): Promise<void> | undefined } | undefined;
  /** Called once, when what `process` did not wait for could not be stored. */
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

  /** Whether all that was to be stored is in the hands of the store, and nothing more will come. */
  get isFinished(): boolean {
    return this.noMoreWrites;
  }

  /** Resolves when nothing is being stored any more. Never rejects. */
  async idle(): Promise<void> {
    await this.inFlight;
    await this.held?.settled();
  }

  /**
   * Whether an event, the last that was given, is written as JSON. Then it has no promises: JSON would
   * refuse them. What is not written may wait, or is dropped, while a promise in it rejects.
   */
  hasWritten(event: unknown): boolean {
    return this.written === event;
  }

  /** Resolves when all so far is stored and sent, or could not be. */
  settled(): Promise<void> | undefined {
    return this.held?.settled();
  }

  /** Resolves when all so far is stored and sent, and rejects when it could not be. */
  committed(): Promise<void> | undefined {
    return this.held?.committed();
  }

  /**
   * Completes, stores and sends one event. To be called again when that is done: where the store keeps
   * the order of writes, that is before the commit, for which the sending alone waits.
   */
  process(draft: EventDraft): Awaitable<void> {
    const stored = this.store(draft);
    return this.tracked(isPromise(stored) ? stored : this.held?.settledIfMuch());
  }

  /** What is to be awaited of a write before the next one may be made. */
  handedOver(write: Promise<unknown>, shown?: AssistantMessageItem): Promise<void> | undefined {
    if (this.ctx.services.store.writesInOrder !== true) return write.then(() => undefined);
    this.held ??= new HeldTexts(this.sendNow, (error) => this.onFailure?.(error));
    this.held.after(write, shown);
    return undefined;
  }

  private store(draft: EventDraft): Awaitable<void> {
    const event = this.naming(draft, () => complete(draft, this.ctx));
    // The page would show what is not there after a reload.
    if (!('change' in event) && this.pending.isBeyond(event)) {
      warnOfFarPart(event, this.ctx);
      return;
    }
    return chain(this.visibility.showing(event, draft), (showing) =>
      chain(
        this.naming(draft, () => this.persist(event, draft)),
        (persisted) => {
          // Of an update the handler's own state: what others have changed is merged when it is done.
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

  /** Sends a text; behind writes that wait for their commit, when they are committed. */
  private send(text: string): void {
    if (this.held === undefined) this.sendNow(text);
    else this.held.add(text);
  }

  /** Stores a widget that is not done as far as it has come, so that an action can find and change it. */
  async share(id: string): Promise<void> {
    if (this.ending === id) return this.inFlight; // it is being stored as done
    const item = this.pending.get(id);
    if (item?.type === 'widget') await (this.shared ??= new SharedWidgets(this.ctx)).store({ ...item });
    else await this.held?.settled(); // it may be done, and wait for its commit
  }

  /** The messages that were shown and are not done, or could not be stored as done. */
  shown(): AssistantMessageItem[] {
    const pending = this.pending.list();
    const shown = pending.length === 0 ? [] : shownMessages(pending);
    return this.held === undefined ? shown : [...this.held.lost, ...shown];
  }

  /** Stores them, as far as they have come. */
  keepShown(): Awaitable<void> {
    return saveEach(this.shown(), this.ctx);
  }

  /** Nothing more will come: what was shown is kept, and changes of the thread are saved. */
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
    this.ctx.log.warn({ itemIds }, 'messages were added and never done: what was shown of them is stored');
    const kept = keepWithNote(shown, CUT_OFF.brokenOff, this.record?.noteId, this.ctx);
    return chain(kept, () => this.saveThreadChanges());
  }

  private over(): void {
    this.inFlight = undefined;
  }

  private tracked(work: Awaitable<void>): Awaitable<void> {
    if (!isPromise(work)) return;
    const done = work.then(
      () => this.over(),
      (error: unknown) => {
        this.over();
        throw error;
      },
    );
    this.inFlight = done.then(undefined, () => undefined);
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
        // The client takes it for the end: what it has seen by then is to be there after a reload.
        return chain(this.keepShown(), () => ({ event }));
      default:
        return { event };
    }
  }

  /** What cannot be written is told with the event that it is in. */
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

  /** A state of the whole widget would take away what others have changed. */
  private updated(event: ThreadItemUpdatedEvent): Awaitable<Persisted<ThreadStreamEvent>> {
    const { item_id, update } = event;
    if (update.type !== 'widget.root.updated' || this.shared?.has(item_id) !== true) return { event };
    return this.shared
      .shown(item_id, update.widget)
      .then((widget) => ({ event: { ...event, update: { ...update, widget } } }));
  }

  /** Saves a thread that a handler has changed, and tells the client. */
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
