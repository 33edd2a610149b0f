/*
 * What is read of the Agents SDK, by its shape. No type of the SDK appears in ours: its CommonJS and its
 * ES modules declare two of each class, and those who use another SDK have none of them installed.
 */

/** What a model's stream hands out: an event of the API under `model`, or one that the SDK made of it. */
export interface ModelData {
  readonly type: string;
  /** Of `output_text_delta`. */
  readonly delta?: unknown;
  /** Of `model`: the API's event, untouched. */
  readonly event?: unknown;
  /** Of `response_done`. */
  readonly response?: unknown;
}

/** A tool call, a message, … as a run produces it. */
export interface RunItem {
  readonly rawItem?: unknown;
  /** Of `tool_output`: what the tool returned. */
  readonly output?: unknown;
}

/** An event of a streamed run. */
export type RunEvent =
  | {
      readonly type: 'raw_model_stream_event';
      readonly data: ModelData;
      readonly source?: string | undefined;
    }
  | { readonly type: 'run_item_stream_event'; readonly name: string; readonly item: RunItem }
  | { readonly type: 'agent_updated_stream_event' };

/** A tool call that waits for approval. */
export interface Interruption extends RunItem {
  readonly name?: string | undefined;
  /** JSON. */
  readonly arguments?: string | undefined;
}

/** One response of a model, as a run keeps it. */
export interface ModelResponse {
  readonly responseId?: string | undefined;
  readonly output: readonly object[];
  readonly usage?: { readonly inputTokens?: number; readonly outputTokens?: number } | undefined;
}

/**
 * A streamed run, as `run(agent, input, { stream: true })` of the Agents SDK returns it.
 */
export interface StreamedRun extends AsyncIterable<RunEvent> {
  /** Tool calls that wait for approval. */
  readonly interruptions?: readonly Interruption[] | undefined;
  /** Has a `toString()` by which the SDK can go on later. */
  readonly state?: { toString(): string } | undefined;
  readonly runContext?: { context: unknown } | undefined;
  readonly newItems?: readonly RunItem[] | undefined;
  readonly rawResponses?: readonly ModelResponse[] | undefined;
  readonly completed?: Promise<void> | undefined;
  readonly cancelled?: boolean | undefined;
}
