import {
  noteHandler,
  type EventDraft,
  type HandlerEvent,
  type RespondOptions,
  type RunContext,
} from '../context';
import { describeWrong, DeveloperError } from '../errors';
import type { Handler } from '../execution';
import type { UserMessageItem } from '../protocol';
import { timeText } from '../store';
import { Gate } from './deliver';
import { ObservableIterator } from './observable-iterator';
import { pull, type OnTeardown } from './pull';

/** How deep `respond()` calls may be nested. */
const MAX_DEPTH = 4;

/**
 * Runs the responder on a synthetic user message and yields its events. It shares thread, signal and stream
 * with the caller, but has its own guards, interceptors and filters.
 */
export async function* respondTo(
  ctx: RunContext,
  text: string,
  options: RespondOptions,
  responder: (ctx: RunContext) => Handler,
  onTeardown: OnTeardown,
): AsyncGenerator<HandlerEvent> {
  if (ctx.depth >= MAX_DEPTH) {
    throw new DeveloperError(
      'respond_too_deep',
      `respond() calls are nested more than ${String(MAX_DEPTH)} deep.`,
      'Do not call respond() from the responder that it runs.',
    );
  }
  if (typeof text !== 'string') throw noText(text);
  const message = syntheticMessage(ctx, text);
  if (options.store === true) yield { type: 'thread.item.done', item: message };
  const child = ctx.withMessage(message);
  const gate = new Gate(); // the responder is pulled at the pace of these events
  const { where } = ctx;
  try {
    yield* new ObservableIterator<EventDraft>(
      responder(child).stream(child, (start, forCtx) => pull(start, forCtx, gate, onTeardown)),
      gate,
    );
  } catch (error) {
    noteHandler(error, ctx);
    throw error;
  } finally {
    ctx.where = where;
  }
}

function noText(given: unknown): DeveloperError {
  const { what, isPromise } = describeWrong(given);
  return new DeveloperError(
    'not_a_text',
    `respond() was given ${what} instead of text.`,
    isPromise ? 'Await it, and pass what it resolves to.' : 'Pass the text of the message.',
  );
}

function syntheticMessage(ctx: RunContext, text: string): UserMessageItem {
  return {
    id: ctx.services.generateId('message'),
    thread_id: ctx.threadId,
    created_at: timeText(ctx.services.now),
    type: 'user_message',
    content: [{ type: 'input_text', text }],
    attachments: [],
    inference_options: {},
  };
}
