import type { AssistantMessageContent, GeneratedImage, ThreadItem } from './items';
import type { Annotation } from './sources';
import type { Thread } from './threads';
import type { WidgetComponent, WidgetRoot } from './widgets';
import type { Task } from './workflows';

/** A change to an item that is still being written, or to a widget that is shown. */
export type ThreadItemUpdate =
  | { type: 'assistant_message.content_part.added'; content_index: number; content: AssistantMessageContent }
  | { type: 'assistant_message.content_part.text_delta'; content_index: number; delta: string }
  | {
      type: 'assistant_message.content_part.annotation_added';
      content_index: number;
      annotation_index: number;
      annotation: Annotation;
    }
  | { type: 'assistant_message.content_part.done'; content_index: number; content: AssistantMessageContent }
  | { type: 'widget.streaming_text.value_delta'; component_id: string; delta: string; done: boolean }
  | { type: 'widget.root.updated'; widget: WidgetRoot }
  | { type: 'widget.component.updated'; component_id: string; component: WidgetComponent }
  | { type: 'workflow.task.added'; task_index: number; task: Task }
  | { type: 'workflow.task.updated'; task_index: number; task: Task }
  | { type: 'generated_image.updated'; image: GeneratedImage; progress?: number | undefined };

/** A new thread: the first event of `threads.create`. */
export interface ThreadCreatedEvent {
  type: 'thread.created';
  thread: Thread;
}

/** The title, the status or another field of the thread has changed. */
export interface ThreadUpdatedEvent {
  type: 'thread.updated';
  thread: Thread;
}

/** An item appears and is still being written; nothing is stored yet. */
export interface ThreadItemAddedEvent<T = ThreadItem> {
  type: 'thread.item.added';
  item: T;
}

/** An item is complete and stored. */
export interface ThreadItemDoneEvent<T = ThreadItem> {
  type: 'thread.item.done';
  item: T;
}

/** An existing item has new content. It keeps its position in the thread. */
export interface ThreadItemReplacedEvent<T = ThreadItem> {
  type: 'thread.item.replaced';
  item: T;
}

/** Part of an item has changed. */
export interface ThreadItemUpdatedEvent {
  type: 'thread.item.updated';
  item_id: string;
  update: ThreadItemUpdate;
}

/** An item is no longer in the thread. */
export interface ThreadItemRemovedEvent {
  type: 'thread.item.removed';
  item_id: string;
}

/** Options of the client's interface while a response streams. */
export interface StreamOptions {
  /** Whether the client shows a Stop button. */
  allow_cancel: boolean;
}

/** Sent before the events of a handler. */
export interface StreamOptionsEvent {
  type: 'stream_options';
  stream_options: StreamOptions;
}

/** The progress line below the thread. The next item replaces it. */
export interface ProgressUpdateEvent {
  type: 'progress_update';
  icon?: string | undefined;
  text: string;
}

/** Asks the page to do something. The client calls `onEffect` in the page. */
export interface ClientEffectEvent {
  type: 'client_effect';
  name: string;
  data: Record<string, unknown>;
}

/** A notice above the composer. It is not stored. */
export interface NoticeEvent {
  type: 'notice';
  level: 'info' | 'warning' | 'danger';
  /** Markdown. */
  message: string;
  title?: string | undefined;
}

/** An error shown to the user. It is not stored. */
export interface ErrorEvent {
  type: 'error';
  /** With `custom`, the client shows `message`. Other codes are possible. */
  code: string;
  message?: string | undefined;
  allow_retry: boolean;
}

/** Every event that may be streamed, discriminated by `type`. */
export type ThreadStreamEvent =
  | ThreadCreatedEvent
  | ThreadUpdatedEvent
  | ThreadItemAddedEvent
  | ThreadItemDoneEvent
  | ThreadItemReplacedEvent
  | ThreadItemUpdatedEvent
  | ThreadItemRemovedEvent
  | StreamOptionsEvent
  | ProgressUpdateEvent
  | ClientEffectEvent
  | NoticeEvent
  | ErrorEvent;
