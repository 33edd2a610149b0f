/** A piece of work of the app that is observed, with what is known when it begins. */
export type ObservedWork =
  | { readonly kind: 'request'; readonly requestId: string }
  /** A wait for the lock of a thread. `waitMs` is 0 where it is only tried. */
  | { readonly kind: 'lock'; readonly waitMs: number }
  /** A handler, from its guards to its last event. `where` is its class and method. */
  | { readonly kind: 'handler'; readonly where: string; readonly action?: string | undefined }
  | { readonly kind: 'guards'; readonly where: string }
  | { readonly kind: 'validation'; readonly where: string }
  /** A call of the store, by the name of its method. `system` is the database, where the store tells it. */
  | { readonly kind: 'store'; readonly method: string; readonly system?: string | undefined }
  | { readonly kind: 'stream' }
  /** A run of an agent. `provider` and `model` are there where they are known. */
  | {
      readonly kind: 'agent';
      readonly name: string;
      readonly threadId: string;
      readonly provider?: string | undefined;
      readonly model?: string | undefined;
    };

/** How a stream has ended. `cancelled`: the server stopped it; `client_gone`: the client closed the connection. */
export type StreamEnding = 'done' | 'error' | 'cancelled' | 'client_gone';

/** What becomes known of a piece of work before it ends. */
export interface ObservedFacts {
  /** Of a request, when its body is parsed. */
  readonly operation?: string;
  readonly threadId?: string;
  /** Of a lock: whether it was given. */
  readonly acquired?: boolean;
  /** Of a stream. */
  readonly events?: number;
  readonly bytes?: number;
  readonly ending?: StreamEnding;
  /** Of an agent's run. */
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  /** Whose threads the request may see. This and what follows are to be recorded only where the application wants it. */
  readonly owner?: string;
  /** What the client sent: payloads and texts are in it. */
  readonly params?: unknown;
}

/** A piece of work that is being observed. */
export interface Observation {
  /** Calls a function in the context of this work: what is observed in it counts as its part. */
  run<T>(work: () => T): T;
  note(facts: ObservedFacts): void;
  /**
   * Called once.
   * @param failure what the work threw; `undefined` where it did not
   */
  end(failure?: unknown): void;
}

/**
 * Observes what an app does. `chatkit-controllers/opentelemetry` has one; an application may write its own.
 * What it throws is logged, and changes nothing for the client.
 */
export interface Telemetry {
  begin(work: ObservedWork): Observation;
}
