/** A piece of observed work, with what is known when it begins. */
export type ObservedWork =
  | { readonly kind: 'request'; readonly requestId: string }
  /** A wait for a thread's lock. `waitMs` is 0 if the lock is only tried once. */
  | { readonly kind: 'lock'; readonly waitMs: number }
  /** A handler, from its guards to its last event. `where` is its class and method. */
  | { readonly kind: 'handler'; readonly where: string; readonly action?: string | undefined }
  | { readonly kind: 'guards'; readonly where: string }
  | { readonly kind: 'validation'; readonly where: string }
  /** A store call, with the name of the method. `system` is the database, if the store names it. */
  | { readonly kind: 'store'; readonly method: string; readonly system?: string | undefined }
  | { readonly kind: 'stream' }
  /** A run of an agent, with `provider` and `model` if they are known. */
  | {
      readonly kind: 'agent';
      readonly name: string;
      readonly threadId: string;
      readonly provider?: string | undefined;
      readonly model?: string | undefined;
    };

/**
 * How a stream has ended. `cancelled`: the server stopped it; `client_gone`: the client closed the
 * connection.
 */
export type StreamEnding = 'done' | 'error' | 'cancelled' | 'client_gone';

/** Facts that become known while the work runs. */
export interface ObservedFacts {
  /** For a request, when its body is parsed. */
  readonly operation?: string;
  readonly threadId?: string;
  /** For a lock: whether it was acquired. */
  readonly acquired?: boolean;
  /** For a stream. */
  readonly events?: number;
  readonly bytes?: number;
  readonly ending?: StreamEnding;
  /** For an agent's run. */
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  /** The owner of the request's threads. Record this and the following fields only if the app wants it. */
  readonly owner?: string;
  /** The request's parameters, which contain payloads and texts. */
  readonly params?: unknown;
}

/** An observation in progress. */
export interface Observation {
  /** Calls a function in the context of this work. Work observed inside it counts as part of it. */
  run<T>(work: () => T): T;
  note(facts: ObservedFacts): void;
  /**
   * Called once.
   *
   * @param failure The error that the work threw, or `undefined`.
   */
  end(failure?: unknown): void;
}

/**
 * Observes what an app does. `chatkit-controllers/opentelemetry` has an implementation, and an app may write
 * its own. Errors that it throws are logged and do not affect the client.
 */
export interface Telemetry {
  begin(work: ObservedWork): Observation;
}
