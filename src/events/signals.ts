import type { EventDraft } from '../context';

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
