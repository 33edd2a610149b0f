import { errorAnswer, type HttpAnswer } from './http-answer';
import { logFailure, logOwnLookup, type Logger } from '../context';
import {
  brand,
  ChatError,
  DeveloperError,
  isOwnLookup,
  NOT_FOUND,
  placeOf,
  readable,
  textMistakeOf,
  UnavailableError,
} from '../errors';

/** 405: the path does not support this method. The chat itself takes POST only. */
export class MethodNotAllowedError extends ChatError {
  static {
    brand(this, 'MethodNotAllowedError');
  }

  constructor(
    message: string,
    /** The value of the header `Allow`. */
    readonly allow: string,
  ) {
    super(message, 405, 'method_not_allowed');
  }
}

/**
 * Makes the answer for an error. Only errors made for users send their message to the client, as
 * `{ error: { code, message, issues?, more_issues?, request_id } }`. All others are logged with the
 * request's id and answered with a generic message.
 */
export function refusal(thrown: unknown, requestId: string, logger: Logger): HttpAnswer {
  const error = readable(thrown);
  const told = (status: number, details: object, headers: Record<string, string> = {}): HttpAnswer =>
    errorAnswer(status, headers, JSON.stringify({ error: { ...details, request_id: requestId } }));
  if (!(error instanceof ChatError)) {
    logFailure(logger, error, 'a request failed', { requestId });
    return told(500, { code: 'internal_error', message: 'Something went wrong on the server.' });
  }
  const isOwn = isOwnLookup(error);
  if (isOwn) logOwnLookup(logger, error, { requestId });
  const message = isOwn ? NOT_FOUND : error.message;
  const { code, issues, moreIssues, status, retryAfter } = error;
  const mistake = textMistakeOf(error);
  if (mistake !== undefined)
    logFailure(logger, mistake, 'a request failed', { requestId, ...placeOf(error) });
  // The user gets the message; the cause goes to the log.
  if (error instanceof UnavailableError && error.cause !== undefined) {
    logFailure(logger, error, 'a request was refused because the server is not available', { requestId });
  }
  return told(
    Number.isInteger(status) && status >= 400 && status <= 599 ? status : 500,
    { code, message, issues, more_issues: moreIssues || undefined },
    {
      ...(retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfter)) }),
      ...(error instanceof MethodNotAllowedError ? { allow: error.allow } : {}),
    },
  );
}

/** The error for a body that other code has read before the chat. */
export function bodyAlreadyRead(): DeveloperError {
  return new DeveloperError(
    'body_already_read',
    'Other code has read the request body before the chat, so nothing is left of it.',
    'Mount the chat before it, or let express.json() parse the body.',
  );
}
