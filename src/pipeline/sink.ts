import type { Gate } from './deliver';

/** Where a run's events go: a response, whichever adapter it came through. */
export interface EventSink {
  /** Held by the sink while it cannot take more. */
  readonly gate: Gate;
  /** Whether anything has been sent, headers included: from then on errors are events. */
  readonly started: boolean;
  /** Whether the client has left, or all has been written. */
  readonly closed: boolean;
  /** Sends the headers now, since it may be long before the first event. */
  open(): void;
  /** Takes one event as JSON. */
  write(text: string): void;
  /** All has been written. */
  end(): void;
  /** The run could not begin. Called only while not `started`: answered over HTTP. */
  fail(error: unknown): void;
}
