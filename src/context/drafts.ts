import type {
  ClientEffectEvent,
  ErrorEvent,
  NoticeEvent,
  ProgressUpdateEvent,
  StreamOptionsEvent,
  ThreadCreatedEvent,
  ThreadItem,
  ThreadItemAddedEvent,
  ThreadItemDoneEvent,
  ThreadItemRemovedEvent,
  ThreadItemReplacedEvent,
  ThreadItemUpdatedEvent,
  ThreadMetadata,
  ThreadUpdatedEvent,
  WidgetItem,
  WidgetRoot,
} from '../protocol';
import type { Awaitable } from '../store';
import type { Logger } from './logger';
import type { ScopedStore } from './scoped-store';

type Completed = 'id' | 'thread_id' | 'created_at';

/** A thread item whose id, thread and time may be left out: the pipeline fills them in. */
export type ItemDraft<T extends ThreadItem = ThreadItem> = T extends ThreadItem
  ? Omit<T, Completed> & Partial<Pick<T, Completed>>
  : never;

/** A widget replaced by what a function makes of its stored state; see `replace`. */
export interface WidgetChange {
  type: 'thread.item.replaced';
  item_id: string;
  change: (current: WidgetRoot, item: WidgetItem) => Awaitable<WidgetRoot>;
}

/** One event as a handler yields it, before the pipeline completes it. */
export type EventDraft =
  | ThreadCreatedEvent
  | ThreadUpdatedEvent
  | ThreadItemAddedEvent<ItemDraft>
  | ThreadItemDoneEvent<ItemDraft>
  | ThreadItemReplacedEvent<ItemDraft>
  | WidgetChange
  | ThreadItemUpdatedEvent
  | ThreadItemRemovedEvent
  | StreamOptionsEvent
  | ProgressUpdateEvent
  | ClientEffectEvent
  | NoticeEvent
  | ErrorEvent;

/** The key under which a {@link Composite} hides what it stands for. */
export const EXPAND = Symbol.for('chatkit-controllers.expand');

/** Options of {@link respond}. */
export interface RespondOptions {
  /**
   * Whether the synthetic message is stored and shown as the user's. By default it is neither: only
   * the responder sees it.
   */
  store?: boolean | undefined;
}

/** What the events of a {@link Composite} are made with. */
export interface CompositeContext {
  readonly thread: ThreadMetadata;
  readonly store: ScopedStore;
  readonly signal: AbortSignal;
  readonly log: Logger;
  /**
   * The events of the responder on a synthetic user message.
   *
   * @throws Error in an operation that has no stream
   */
  responderEvents(text: string, options: RespondOptions): AsyncIterable<HandlerEvent>;
}

/** Several events behind one value, made when their turn comes: a streamed message, a responder's run. */
export interface Composite {
  [EXPAND](ctx: CompositeContext): AsyncIterable<HandlerEvent> | Iterable<HandlerEvent>;
}

/** What a handler may yield. */
export type HandlerEvent = EventDraft | Composite;

/** The part of an RxJS Observable that is needed to listen to one, of whichever copy of RxJS. */
export interface Subscribable<T> {
  subscribe(observer: { next: (value: T) => void; error: (error: unknown) => void; complete: () => void }): {
    unsubscribe(): void;
  };
}

type Nothing = void | null | undefined;

// What a generator returns at its end is not sent, so that only nothing fits there.
type Several<T> =
  Iterable<T | PromiseLike<T>, Nothing> | AsyncIterable<T, Nothing> | Subscribable<T | PromiseLike<T>>;

/** What a handler may hand out at a time: an event, several, or nothing. */
export type HandlerYield = HandlerEvent | Nothing | Several<HandlerEvent | Nothing>;

type HandlerResultNow = HandlerYield | Several<HandlerYield>;

/** What a streaming handler may return: one event, many, or nothing; now, soon, or bit by bit. */
export type HandlerResult = HandlerResultNow | PromiseLike<HandlerResultNow>;

/** A change of an item in its place: what `replace()` makes. */
export type Replacement = ThreadItemReplacedEvent<ItemDraft> | WidgetChange;

type SyncResultNow = WidgetRoot | ThreadItem | Replacement | Nothing;

/** What a sync action may return: its widget's new state, an item, what `replace()` makes, or nothing. */
export type SyncResult = SyncResultNow | PromiseLike<SyncResultNow>;

export function isComposite(event: HandlerEvent): event is Composite {
  return EXPAND in event;
}
