import type { EventDraft, ItemDraft, Replacement, WidgetChange } from '../context';
import { noSender } from '../errors';
import type { Annotation, ThreadItem, ThreadItemUpdate, WidgetItem, WidgetRoot } from '../protocol';
import type { Awaitable } from '../store';

/**
 * A complete item: stored, then sent as `thread.item.done`. Id, thread and time may be left out.
 *
 * @example
 * yield done({ type: 'task', task: { type: 'custom', title: 'Checked the stock' } });
 */
export function done(item: ItemDraft): EventDraft {
  return { type: 'thread.item.done', item };
}

/** An item that is still being written: sent as `thread.item.added`, stored when it is done. */
export function added(item: ItemDraft): EventDraft {
  return { type: 'thread.item.added', item };
}

/**
 * A change to an item that was added and is not yet done, sent as `thread.item.updated`.
 *
 * @example
 * yield updated(item, { type: 'workflow.task.added', task_index: 0, task });
 */
export function updated(item: ThreadItem | string, update: ThreadItemUpdate): EventDraft {
  return { type: 'thread.item.updated', item_id: idOf(item), update };
}

/** Deletes an item from the store and the page: `thread.item.removed`. */
export function remove(item: ThreadItem | string): EventDraft {
  return { type: 'thread.item.removed', item_id: idOf(item) };
}

/**
 * Replaces an item in its place: `thread.item.replaced`.
 *
 * Given a sender and a widget, the last writer wins. Given a function, it is called with the widget
 * as it is stored now, and again (three times at most) when another request has changed it meanwhile,
 * so that no change is lost. Given a whole item, that item.
 *
 * @throws ChatError `no_sender`: the action came from the page itself, not from a widget.
 *
 * @example
 * yield replace(sender, Card({ children: [Text({ value: 'Thank you' })] }));
 * yield replace(sender, (current) => withStar(current, id));
 */
export function replace(item: ThreadItem): Replacement;
/** Gives a widget item another widget. */
export function replace(sender: WidgetItem | null, widget: WidgetRoot): Replacement;
/** Gives a widget item the widget that a function makes of the one that is stored. */
export function replace(
  sender: WidgetItem | string | null,
  change: (current: WidgetRoot, item: WidgetItem) => Awaitable<WidgetRoot>,
): Replacement;
export function replace(
  target: ThreadItem | string | null,
  widget?: WidgetRoot | WidgetChange['change'],
): Replacement {
  if (target === null) throw noSender();
  if (typeof widget === 'function') {
    return { type: 'thread.item.replaced', item_id: idOf(target), change: widget };
  }
  if (typeof target === 'string') {
    throw new TypeError('replace: an id alone takes a function; give the item to set its widget.');
  }
  if (widget === undefined) return { type: 'thread.item.replaced', item: target };
  if (target.type !== 'widget') {
    throw new TypeError(`replace: a widget was given for an item of type "${target.type}".`);
  }
  // Field by field: spreading would read, and so parse, the widget that is about to go.
  const { id, thread_id, created_at, type, copy_text } = target;
  return { type: 'thread.item.replaced', item: { id, thread_id, created_at, type, widget, copy_text } };
}

function idOf(item: ThreadItem | string): string {
  return typeof item === 'string' ? item : item.id;
}

/** Options of {@link assistantMessage}. */
export interface AssistantMessageOptions {
  annotations?: Annotation[];
}

/**
 * A complete message of the assistant.
 *
 * @example
 * yield assistantMessage(`Selected ${id}. What next?`);
 */
export function assistantMessage(text: string, options: AssistantMessageOptions = {}): EventDraft {
  return {
    type: 'thread.item.done',
    item: {
      type: 'assistant_message',
      content: [{ type: 'output_text', text, annotations: options.annotations ?? [] }],
    },
  };
}

/**
 * Context for the model alone: stored in its place in the thread, never sent to a client.
 *
 * @param content text, or any JSON value
 */
export function hiddenContext(content: unknown): EventDraft {
  return { type: 'thread.item.done', item: { type: 'hidden_context_item', content } };
}

/**
 * Asks the page to do something; it arrives at the page's `onEffect`. Nothing is stored.
 *
 * @example
 * yield clientEffect('selection_mode', { itemId: id });
 */
export function clientEffect(name: string, data: Record<string, unknown> = {}): EventDraft {
  return { type: 'client_effect', name, data };
}

/** A line that tells what is going on until the next item appears. Nothing is stored. */
export function progress(text: string, options: { icon?: string } = {}): EventDraft {
  return { type: 'progress_update', text, icon: options.icon };
}

/**
 * A notice for the user beside the conversation. Nothing is stored.
 *
 * @param message Markdown
 */
export function notice(
  level: 'info' | 'warning' | 'danger',
  message: string,
  options: { title?: string } = {},
): EventDraft {
  return { type: 'notice', level, message, title: options.title };
}

/**
 * An error with a message for the user. It does not end the handler; throw to do that.
 *
 * @param options.allowRetry whether the client offers to run the responder again; never in actions
 */
export function error(message: string, options: { code?: string; allowRetry?: boolean } = {}): EventDraft {
  return {
    type: 'error',
    code: options.code ?? 'custom',
    message,
    allow_retry: options.allowRetry ?? false,
  };
}
