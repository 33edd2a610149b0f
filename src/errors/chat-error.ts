import { brand } from './brand';
import { holdPromises } from './held';
import { noText } from './no-text';
import { capped, shorten, tellIssues, type Issue } from './issues';

/** Limit of a message for users, in UTF-16 code units: it may quote what a client has sent. */
const MAX_MESSAGE = 4000;

/** Limit of a code, in UTF-16 code units: it is sent with each answer. */
const MAX_CODE = 100;

/** The optional parts of a {@link ChatError}. */
export interface ChatErrorOptions {
  /** Stable, for programs to compare; never changes once released. The first 100 characters are kept. */
  code?: string;
  cause?: unknown;
  /** What is wrong, field by field. The first 20 are kept, with up to 500 characters of each text. */
  issues?: readonly Issue[];
  /** How many issues there are besides `issues`. */
  moreIssues?: number;
  /** Whether the client offers to run the responder again. Never sent for actions. */
  allowRetry?: boolean;
  /** When to try again, in seconds. Sent as the header `Retry-After` if the error is answered over HTTP. */
  retryAfter?: number;
}

/** What the client gets if the message of an error is not a string. */
const NO_TEXT = 'The request failed.';

/** JavaScript, or a wrong type, may pass anything as the message: `new ChatError(loadText())`. */
function readText(message: unknown, options: ChatErrorOptions): { message: string; cause?: unknown } {
  holdPromises(options);
  if (typeof message === 'string')
    return 'cause' in options ? { message, cause: options.cause } : { message };
  holdPromises(message);
  return { message: NO_TEXT, cause: noText(message, options.cause) };
}

/**
 * The base class of all errors for users: their message is sent to the client. For every other error the
 * client gets a generic message, and the error itself goes to the log.
 *
 * @example
 * catch (error) { if (error instanceof ChatError && error.code === 'not_found') … }
 */
export class ChatError extends Error {
  static {
    brand(this, 'ChatError');
  }

  readonly code: string;
  /** The HTTP status, if the error is answered over HTTP. */
  readonly status: number;
  readonly issues: readonly Issue[] | undefined;
  /** How many issues there are besides `issues`. */
  readonly moreIssues: number;
  readonly allowRetry: boolean;
  /** When to try again, in seconds. */
  readonly retryAfter: number | undefined;

  constructor(message: string, status: number, code: string, options: ChatErrorOptions = {}) {
    const told = readText(message, options);
    super(shorten(told.message, MAX_MESSAGE), 'cause' in told ? { cause: told.cause } : undefined);
    this.name = new.target.name;
    this.status = status;
    this.code = shorten(typeof options.code === 'string' ? options.code : code, MAX_CODE);
    const found = options.issues && capped(options.issues, options.moreIssues);
    this.issues = found?.issues;
    this.moreIssues = found?.more ?? 0;
    this.allowRetry = options.allowRetry ?? false;
    this.retryAfter = options.retryAfter;
  }
}

/** 400: the request does not follow the protocol. */
export class BadRequestError extends ChatError {
  static {
    brand(this, 'BadRequestError');
  }

  constructor(message: string, options?: ChatErrorOptions) {
    super(message, 400, 'bad_request', options);
  }
}

/** 401: the user is not logged in. */
export class UnauthorizedError extends ChatError {
  static {
    brand(this, 'UnauthorizedError');
  }

  constructor(message = 'Authentication is required.', options?: ChatErrorOptions) {
    super(message, 401, 'unauthorized', options);
  }
}

/** 403: the user is logged in, but may not do this. */
export class ForbiddenError extends ChatError {
  static {
    brand(this, 'ForbiddenError');
  }

  constructor(message = 'Permission denied.', options?: ChatErrorOptions) {
    super(message, 403, 'forbidden', options);
  }
}

/** 404: the object does not exist, or belongs to another owner. */
export class NotFoundError extends ChatError {
  static {
    brand(this, 'NotFoundError');
  }

  constructor(message: string, options?: ChatErrorOptions) {
    super(message, 404, 'not_found', options);
  }
}

/** 409: the object exists, but its state does not allow this. */
export class ConflictError extends ChatError {
  static {
    brand(this, 'ConflictError');
  }

  constructor(message: string, options?: ChatErrorOptions) {
    super(message, 409, 'conflict', options);
  }
}

/** 413: the body is larger than the limit. */
export class PayloadTooLargeError extends ChatError {
  static {
    brand(this, 'PayloadTooLargeError');
  }

  constructor(message: string, options?: ChatErrorOptions) {
    super(message, 413, 'body_too_large', options);
  }
}

/** 415: the body has a media type that is not accepted. */
export class UnsupportedMediaTypeError extends ChatError {
  static {
    brand(this, 'UnsupportedMediaTypeError');
  }

  constructor(message: string, options?: ChatErrorOptions) {
    super(message, 415, 'unsupported_media_type', options);
  }
}

/** 422: an action's payload does not fit its DTO or schema; `issues` names each field. */
export class InvalidPayloadError extends ChatError {
  static {
    brand(this, 'InvalidPayloadError');
  }

  constructor(issues: readonly Issue[], options?: ChatErrorOptions) {
    super(`Invalid payload: ${tellIssues(issues, options?.moreIssues)}`, 422, 'invalid_payload', {
      ...options,
      issues,
    });
  }
}

/** 503: the server cannot answer now, because it is starting, shutting down or busy. */
export class UnavailableError extends ChatError {
  static {
    brand(this, 'UnavailableError');
  }

  constructor(message: string, options?: ChatErrorOptions) {
    super(message, 503, 'unavailable', options);
  }
}

/**
 * Ends a stream with your own message for the user (`code: "custom"`).
 *
 * @example
 * throw new CustomStreamError('Your plan has no seats left.', { allowRetry: true });
 */
export class CustomStreamError extends ChatError {
  static {
    brand(this, 'CustomStreamError');
  }

  constructor(message: string, options?: ChatErrorOptions) {
    super(message, 500, 'custom', options);
  }
}

/** Ends a stream with a code for which the client has a message. `allowRetry` is `true` by default. */
export class StreamError extends ChatError {
  static {
    brand(this, 'StreamError');
  }

  constructor(code = 'stream.error', options?: ChatErrorOptions) {
    super('The stream failed.', 500, code, { allowRetry: true, ...options });
  }
}
