/** One event of a stream as received. */
export interface LoggedEvent {
  /** Milliseconds since the request was sent. */
  at: number;
  text: string;
}

/** One request and its response. */
export interface LoggedRequest {
  id: number;
  operation: string;
  /** ISO 8601. */
  time: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  status: number | undefined;
  requestId: string | undefined;
  /** Milliseconds until the response began. */
  began: number | undefined;
  /** Milliseconds until the response ended. */
  ended: number | undefined;
  /** Bytes of the response. */
  size: number;
  /** The body of a response that is not a stream. */
  answer: string | undefined;
  events: readonly LoggedEvent[];
  /** The number of earlier events that have been removed. */
  forgotten?: number;
  /** Why the request failed. */
  failure: string | undefined;
}

/** Whether a request asks for a stream of events. */
export function isStream({ headers }: Pick<LoggedRequest, 'headers'>): boolean {
  return headers['accept'] === 'text/event-stream';
}
