import {
  logHandlerFailure,
  logOwnLookup,
  noteHandler,
  RunContext,
  type ChatContext,
  type EventDraft,
} from '../context';
import {
  ChatError,
  CustomStreamError,
  ForbiddenError,
  isOwnLookup,
  NOT_FOUND,
  readable,
  StreamError,
  textMistakeOf,
  UnavailableError,
} from '../errors';
import type { FilterFunction } from '../metadata';
import type { ErrorEvent } from '../protocol';

function logUnexpected(error: unknown, ctx: ChatContext): void {
  logHandlerFailure(ctx, error, 'A handler failed.');
}

/** The text that users may read of an error made for users. */
function textFor(error: ChatError, ctx: ChatContext): string {
  const mistake = textMistakeOf(error);
  if (mistake !== undefined) logUnexpected(mistake, ctx);
  if (!isOwnLookup(error)) return error.message;
  noteHandler(error, ctx);
  logOwnLookup(ctx.log, error);
  return NOT_FOUND;
}

/** Whether an error made for users is also logged: a server error, or one whose cause users do not see. */
function concernsOperator(error: ChatError): boolean {
  if (error instanceof UnavailableError) return error.cause !== undefined;
  return error.status === 500 && !(error instanceof CustomStreamError);
}

/**
 * Makes the `error` event for an error. An error made for users is sent with its message and the code
 * `custom`, a stream error with its code only. Any other error is logged, and the client gets the generic
 * code `stream.error`. Actions never offer a retry: the client's retry runs the responder, not the action.
 */
export function toErrorEvent(thrown: unknown, ctx: ChatContext): ErrorEvent {
  const error = readable(thrown);
  if (ctx instanceof RunContext) ctx.root.failure = error;
  const retryable = ctx.action === null;
  if (error instanceof StreamError) {
    return { type: 'error', code: error.code, allow_retry: error.allowRetry && retryable };
  }
  if (error instanceof ChatError) {
    if (concernsOperator(error)) logUnexpected(error, ctx);
    return {
      type: 'error',
      code: 'custom',
      message: textFor(error, ctx),
      allow_retry: error.allowRetry && retryable,
    };
  }
  logUnexpected(error, ctx);
  return { type: 'error', code: 'stream.error', allow_retry: retryable };
}

/**
 * Answers errors with an `error` event. This is the default behaviour without filters.
 *
 * @example
 * `@UseFilters(errorEventFilter)` // on a method, to override the app's assistantMessageFilter
 */
export const errorEventFilter: FilterFunction = (error, ctx) => toErrorEvent(error, ctx);

function apology(thrown: unknown, ctx: ChatContext): string {
  const error = readable(thrown);
  if (error instanceof ForbiddenError) return 'Permission denied.';
  if (error instanceof ChatError) return `Action failed: ${textFor(error, ctx)}`;
  logUnexpected(error, ctx);
  return 'Action failed.';
}

/**
 * Answers errors with an assistant message: "Permission denied." for a `ForbiddenError`, "Action
 * failed: …" for other errors made for users, "Action failed." for all others, which are logged.
 *
 * @example
 * createChatKit({ filters: [assistantMessageFilter], … })
 */
export const assistantMessageFilter: FilterFunction = (error, ctx): EventDraft => ({
  type: 'thread.item.done',
  item: {
    type: 'assistant_message',
    content: [{ type: 'output_text', text: apology(error, ctx), annotations: [] }],
  },
});
