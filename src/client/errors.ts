import type { Issue } from '../errors';
import { brand } from '../errors/brand'; // alone: clients load little
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
 * client's own: `network_error`, where no answer came; `http_error`, where it was an error without
 * the server's JSON, from a proxy perhaps; `invalid_response`, where it was not what the operation
 * answers with; `stream_broken` and `invalid_event`, see {@link ChatKitStreamError}.
 *
 * What goes wrong inside a run is no exception but an event of the stream, of type `error`.
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

  /** Stable, for programs to compare. */
  readonly code: string;
  /** The HTTP status; 0 where no answer came. */
  readonly status: number;
  /** What is wrong with the request, field by field; empty for other problems. */
  readonly issues: readonly Issue[];
  /** What the server logged the request under. */
  readonly requestId: string | undefined;
  /** The beginning of an answer that was not the expected JSON. */
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

/** How far a stream had come. */
export interface StreamProgress {
  /** How many events had come whole. */
  eventCount: number;
  lastEvent: ThreadStreamEvent | undefined;
  /** The text of the event that did not come whole, or that could not be read. */
  rest: string;
}

/**
 * A stream that broke off (`stream_broken`: the connection was lost, or ended within an event), or
 * that held something which is no event (`invalid_event`). The server may have stored more than came.
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
