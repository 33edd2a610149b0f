import type { Gate } from './deliver';

/** The target of a run's events: a response, through any adapter. */
export interface EventSink {
  /** The sink holds it while it cannot accept more. */
  readonly gate: Gate;
  /** Whether anything has been sent, including headers: from then on, errors are events. */
  readonly started: boolean;
  /** Whether the client has disconnected, or everything has been written. */
  readonly closed: boolean;
  /** Sends the headers now, since the first event may take long. */
  open(): void;
  /** Sends one event as JSON. */
  write(text: string): void;
  /** Ends the response. */
  end(): void;
  /** Answers over HTTP with an error: the run could not begin. Called only while not `started`. */
  fail(error: unknown): void;
}
