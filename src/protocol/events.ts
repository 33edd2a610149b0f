import type { AssistantMessageContent, GeneratedImage, ThreadItem } from './items';
import type { Annotation } from './sources';
import type { Thread } from './threads';
import type { WidgetComponent, WidgetRoot } from './widgets';
import type { Task } from './workflows';

/** A change of an item that is still being written, or of a widget that is shown. */
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

/** A thread was made: the first event of `threads.create`. */
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

/** An item that was there has new content, stored in its old place. */
export interface ThreadItemReplacedEvent<T = ThreadItem> {
  type: 'thread.item.replaced';
  item: T;
}

/** A part of an item has changed. */
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

/** What the client offers while a response streams. */
export interface StreamOptions {
  /** Whether the client shows a Stop button. */
  allow_cancel: boolean;
}

/** Sent before the events of a handler. */
export interface StreamOptionsEvent {
  type: 'stream_options';
  stream_options: StreamOptions;
}

/** The line of progress below the thread. The next item replaces it. */
export interface ProgressUpdateEvent {
  type: 'progress_update';
  icon?: string | undefined;
  text: string;
}

/** Asks the page to do something: it reaches `onEffect` in the browser. */
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

/** A failure, shown to the user. It is not stored. */
export interface ErrorEvent {
  type: 'error';
  /** `custom` shows `message`; the list is open. */
  code: string;
  message?: string | undefined;
  allow_retry: boolean;
}

/** Everything that may go over the stream, told apart by `type`. */
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
