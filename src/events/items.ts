import type { EventDraft, ItemDraft, Replacement, WidgetChange } from '../context';
import { noSender } from '../errors';
import type { Annotation, ThreadItem, ThreadItemUpdate, WidgetItem, WidgetRoot } from '../protocol';
import type { Awaitable } from '../store';

/**
 * Stores a complete item and sends it as `thread.item.done`. Id, thread and time may be left out.
 *
 * @example
 * yield done({ type: 'task', task: { type: 'custom', title: 'Checked the stock' } });
 */
export function done(item: ItemDraft): EventDraft {
  return { type: 'thread.item.done', item };
}

/** Sends an item that is still being written, as `thread.item.added`. It is stored when it is done. */
export function added(item: ItemDraft): EventDraft {
  return { type: 'thread.item.added', item };
}

/**
 * Sends a change to an item that was added and is not yet done, as `thread.item.updated`.
 *
 * @example
 * yield updated(item, { type: 'workflow.task.added', task_index: 0, task });
 */
export function updated(item: ThreadItem | string, update: ThreadItemUpdate): EventDraft {
  return { type: 'thread.item.updated', item_id: idOf(item), update };
}

/** Deletes an item from the store and from the page: `thread.item.removed`. */
export function remove(item: ThreadItem | string): EventDraft {
  return { type: 'thread.item.removed', item_id: idOf(item) };
}

/**
 * Replaces an item and keeps its position: `thread.item.replaced`.
 *
 * With an item and a widget, the last writer wins. With a function, the function gets the widget as stored
 * now. If another request changes the widget meanwhile, the function is called again (at most three times),
 * so no change is lost. With a whole item, that item is stored.
 *
 * @throws ChatError `no_sender` when the page itself sent the action, so there is no widget
 * @example
 * yield replace(sender, Card({ children: [Text({ value: 'Thank you' })] }));
 * yield replace(sender, (current) => withStar(current, id));
 */
export function replace(item: ThreadItem): Replacement;
/** Replaces the widget of a widget item. */
export function replace(sender: WidgetItem | null, widget: WidgetRoot): Replacement;
/** Replaces the widget of a widget item with the result of a function of the stored widget. */
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
    throw new TypeError('replace: with an id, pass a function. To set a widget, pass the item.');
  }
  if (widget === undefined) return { type: 'thread.item.replaced', item: target };
  if (target.type !== 'widget') {
    throw new TypeError(`replace: a widget was given for an item of type "${target.type}".`);
  }
  return { type: 'thread.item.replaced', item: { ...target, widget } };
}

function idOf(item: ThreadItem | string): string {
  return typeof item === 'string' ? item : item.id;
}

/** Options of {@link assistantMessage}. */
export interface AssistantMessageOptions {
  annotations?: Annotation[];
}

/**
 * Sends a complete assistant message.
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
 * Adds context for the model only. It is stored at this point of the thread and never sent to the client.
 *
 * @param content Text, or any JSON value.
 */
export function hiddenContext(content: unknown): EventDraft {
  return { type: 'thread.item.done', item: { type: 'hidden_context_item', content } };
}

/**
 * Asks the page to do something. The client calls the page's `onEffect`. Nothing is stored.
 *
 * @example
 * yield clientEffect('selection_mode', { itemId: id });
 */
export function clientEffect(name: string, data: Record<string, unknown> = {}): EventDraft {
  return { type: 'client_effect', name, data };
}

/** Shows a progress line until the next item appears. Nothing is stored. */
export function progress(text: string, options: { icon?: string } = {}): EventDraft {
  return { type: 'progress_update', text, icon: options.icon };
}

/**
 * Shows the user a notice outside the conversation. Nothing is stored.
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
 * Shows the user an error message. It does not end the handler; throw an error to do that.
 *
 * @param options.allowRetry Whether the client offers to run the responder again. It never does so for
 *   actions.
 */
export function error(message: string, options: { code?: string; allowRetry?: boolean } = {}): EventDraft {
  return {
    type: 'error',
    code: options.code ?? 'custom',
    message,
    allow_retry: options.allowRetry ?? false,
  };
}
