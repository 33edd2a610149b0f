import type { Issue } from '../errors';
import { brand } from '../errors/brand'; // not from '../errors': keeps the client bundle small
import type { ThreadStreamEvent } from '../protocol';

export interface ChatKitClientErrorDetails {
  status?: number | undefined;
  issues?: readonly Issue[] | undefined;
  requestId?: string | undefined;
  body?: string | undefined;
  cause?: unknown;
}

/**
 * A request that failed. `code` is the server's (`not_found`, `thread_busy`, …) or one of the
 * client's: `network_error`: there was no response; `http_error`: an error response without the
 * server's JSON, for example from a proxy; `invalid_response`: a response of another type than the
 * operation's; `stream_broken` and `invalid_event`: see {@link ChatKitStreamError}.
 *
 * An error inside a run is not thrown: it arrives as a stream event of type `error`.
 *
 * @example
 * try {
 *   await client.threads.get('thr_1');
 * } catch (error) {
 *   if (error instanceof ChatKitClientError && error.status === 404) showNewThread();
 *   else throw error;
 * }
 */
export class ChatKitClientError extends Error {
  static {
    brand(this, 'ChatKitClientError');
  }

  /** Stable: code may compare it. */
  readonly code: string;
  /** The HTTP status; 0 if there was no response. */
  readonly status: number;
  /** What is wrong with the request, field by field; empty for other problems. */
  readonly issues: readonly Issue[];
  /** The id under which the server logged the request. */
  readonly requestId: string | undefined;
  /** The beginning of a response that was not the expected JSON or stream. */
  readonly body: string | undefined;

  constructor(message: string, code: string, details: ChatKitClientErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.name = 'ChatKitClientError';
    this.code = code;
    this.status = details.status ?? 0;
    this.issues = details.issues ?? [];
    this.requestId = details.requestId;
    this.body = details.body;
  }
}

/** How much of a stream was received before it failed. */
export interface StreamProgress {
  /** How many complete events were received. */
  eventCount: number;
  lastEvent: ThreadStreamEvent | undefined;
  /** The text of the incomplete or invalid event. */
  rest: string;
}

/**
 * A stream that ended early (`stream_broken`: the connection was lost, or closed within an event), or
 * that contained an invalid event (`invalid_event`). The server may have stored more than was received.
 */
export class ChatKitStreamError extends ChatKitClientError implements StreamProgress {
  readonly eventCount: number;
  readonly lastEvent: ThreadStreamEvent | undefined;
  readonly rest: string;

  constructor(
    message: string,
    code: 'stream_broken' | 'invalid_event',
    seen: StreamProgress,
    details: ChatKitClientErrorDetails = {},
  ) {
    super(message, code, details);
    this.name = 'ChatKitStreamError';
    this.eventCount = seen.eventCount;
    this.lastEvent = seen.lastEvent;
    this.rest = seen.rest;
  }
}
