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

/** A thread item whose id, thread and time may be left out. The pipeline fills them in. */
export type ItemDraft<T extends ThreadItem = ThreadItem> = T extends ThreadItem
  ? Omit<T, Completed> & Partial<Pick<T, Completed>>
  : never;

/** Replaces a widget with the result of a function of its stored state; see `replace`. */
export interface WidgetChange {
  type: 'thread.item.replaced';
  item_id: string;
  change: (current: WidgetRoot, item: WidgetItem) => Awaitable<WidgetRoot>;
}

/** An event as a handler yields it, before the pipeline completes it. */
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

/** The key of a {@link Composite}'s method that creates its events. */
export const EXPAND = Symbol.for('chatkit-controllers.expand');

/** Options of {@link respond}. */
export interface RespondOptions {
  /**
   * Whether the synthetic message is stored and shown as a message of the user. By default only the responder
   * sees it.
   */
  store?: boolean | undefined;
}

/** What a {@link Composite} can use to create its events. */
export interface CompositeContext {
  readonly thread: ThreadMetadata;
  readonly store: ScopedStore;
  readonly signal: AbortSignal;
  readonly log: Logger;
  /**
   * Runs the responder on a synthetic user message and returns its events.
   *
   * @throws Error in an operation that has no stream
   */
  responderEvents(text: string, options: RespondOptions): AsyncIterable<HandlerEvent>;
}

/**
 * One value that stands for several events, created when the pipeline reaches it: a streamed message, or a
 * run of the responder.
 */
export interface Composite {
  [EXPAND](ctx: CompositeContext): AsyncIterable<HandlerEvent> | Iterable<HandlerEvent>;
}

/** What a handler may yield. */
export type HandlerEvent = EventDraft | Composite;

/** The part of an RxJS Observable that is needed to subscribe, in any copy of RxJS. */
export interface Subscribable<T> {
  subscribe(observer: { next: (value: T) => void; error: (error: unknown) => void; complete: () => void }): {
    unsubscribe(): void;
  };
}

type Nothing = void | null | undefined;

// The return value of a generator is not sent, so only an empty value is allowed.
type Several<T> =
  Iterable<T | PromiseLike<T>, Nothing> | AsyncIterable<T, Nothing> | Subscribable<T | PromiseLike<T>>;

/** What a handler may yield at once: an event, several, or nothing. */
export type HandlerYield = HandlerEvent | Nothing | Several<HandlerEvent | Nothing>;

type HandlerResultNow = HandlerYield | Several<HandlerYield>;

/**
 * What a streaming handler may return: one event, several or nothing, as a value, promise, iterable or
 * Observable.
 */
export type HandlerResult = HandlerResultNow | PromiseLike<HandlerResultNow>;

/** Replaces an item and keeps its position: the result of `replace()`. */
export type Replacement = ThreadItemReplacedEvent<ItemDraft> | WidgetChange;

type SyncResultNow = WidgetRoot | ThreadItem | Replacement | Nothing;

/** What a sync handler may return: its widget's new state, an item, the result of `replace()`, or nothing. */
export type SyncResult = SyncResultNow | PromiseLike<SyncResultNow>;

export function isComposite(event: HandlerEvent): event is Composite {
  return EXPAND in event;
}
