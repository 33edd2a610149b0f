/** One event of a stream as it came. */
export interface LoggedEvent {
  /** Milliseconds since the request was sent. */
  at: number;
  text: string;
}

/** One request and what came back. */
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
  /** Milliseconds until the answer began. */
  began: number | undefined;
  /** Milliseconds until it ended. */
  ended: number | undefined;
  /** Bytes of the answer. */
  size: number;
  /** Of an answer that is no stream. */
  answer: string | undefined;
  events: readonly LoggedEvent[];
  /** How many events before these are no longer kept. */
  forgotten?: number;
  /** Why it broke off. */
  failure: string | undefined;
}

/** Whether a request asks for a stream of events. */
export function isStream({ headers }: Pick<LoggedRequest, 'headers'>): boolean {
  return headers['accept'] === 'text/event-stream';
}
