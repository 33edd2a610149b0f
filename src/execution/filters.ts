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

/** The text of an error that was made for users, as they may read it. */
function textFor(error: ChatError, ctx: ChatContext): string {
  const mistake = textMistakeOf(error);
  if (mistake !== undefined) logUnexpected(mistake, ctx);
  if (!isOwnLookup(error)) return error.message;
  noteHandler(error, ctx);
  logOwnLookup(ctx.log, error);
  return NOT_FOUND;
}

/** The server's own error is told to the user and logged; so is one with a cause that users do not see. */
function concernsOperator(error: ChatError): boolean {
  if (error instanceof UnavailableError) return error.cause !== undefined;
  return error.status === 500 && !(error instanceof CustomStreamError);
}

/**
 * The `error` event for an error. A message made for users goes out under the code `custom`, a stream
 * error with its code alone; of any other error nothing leaves but that there was one, and the error
 * itself is logged. Retry is never offered for actions: the client's only retry runs the responder.
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
 * Answers errors with an `error` event, as the framework does by itself where no filter is set.
 *
 * @example
 * `@UseFilters(errorEventFilter)` // on a method, against an assistantMessageFilter of the application
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
 * Answers errors with an assistant message: "Permission denied.", "Action failed: …" for errors made
 * for users, "Action failed." for all others, which are logged.
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
