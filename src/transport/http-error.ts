import { logFailure, type Logger } from '../context';
import { brand, ChatError, DeveloperError, readable, UnavailableError } from '../errors';

/** 405: the chat takes POST alone, and other paths what they say. */
export class MethodNotAllowedError extends ChatError {
  static {
    brand(this, 'MethodNotAllowedError');
  }

  constructor(
    message = 'Send ChatKit requests by POST.',
    /** What the header `Allow` is to say. */
    readonly allow = 'POST, OPTIONS',
  ) {
    super(message, 405, 'method_not_allowed');
  }
}

export interface HttpError {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** JSON: `{ error: { code, message, issues?, more_issues?, request_id } }`. */
  body: string;
}

/**
 * What is answered for an error over HTTP. Only errors made for users carry their message out; all
 * others are logged under the request's id.
 */
export function toHttpError(thrown: unknown, requestId: string, logger: Logger): HttpError {
  const error = readable(thrown);
  if (error instanceof ChatError) {
    const { code, message, issues, moreIssues, status, retryAfter } = error;
    // The message is for the user; what lies behind it is for the operator.
    if (error instanceof UnavailableError && error.cause !== undefined) {
      logFailure(logger, error, 'the server could not take a request', { requestId });
    }
    return {
      status: Number.isInteger(status) && status >= 400 && status <= 599 ? status : 500,
      headers: retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfter)) },
      body: JSON.stringify({
        error: { code, message, issues, more_issues: moreIssues || undefined, request_id: requestId },
      }),
    };
  }
  logFailure(logger, error, 'a request failed', { requestId });
  const message = 'Something went wrong on the server.';
  return {
    status: 500,
    headers: {},
    body: JSON.stringify({ error: { code: 'internal_error', message, request_id: requestId } }),
  };
}

/** The body is gone before the chat could read it. */
export function bodyAlreadyRead(): DeveloperError {
  return new DeveloperError(
    'body_already_read',
    'Something has read the request body before the chat did, and left nothing of it.',
    'Mount the chat before it, or let express.json() parse the body.',
  );
}
