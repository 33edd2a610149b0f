/*
 * The shapes of the Agents SDK that are read here. The SDK's own types do not appear in this package's types:
 * its CommonJS and ES modules declare each class twice, and apps that use another SDK do not have them.
 */

/** An event of a model's stream: in `model` an event of the API, in other types one that the SDK derives. */
export interface ModelData {
  readonly type: string;
  /** Only in `output_text_delta`. */
  readonly delta?: unknown;
  /** Only in `model`: the unchanged event of the API. */
  readonly event?: unknown;
  /** Only in `response_done`. */
  readonly response?: unknown;
}

/** An item of a run, such as a tool call or a message. */
export interface RunItem {
  readonly rawItem?: unknown;
  /** Only in `tool_output`: what the tool returned. */
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
  /** JSON text. */
  readonly arguments?: string | undefined;
}

/** One response of a model, in `rawResponses` of a run. */
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
  /** Its `toString()` serialises the run, so that the SDK can resume it later. */
  readonly state?: { toString(): string } | undefined;
  readonly runContext?: { context: unknown } | undefined;
  readonly newItems?: readonly RunItem[] | undefined;
  readonly rawResponses?: readonly ModelResponse[] | undefined;
  readonly completed?: Promise<void> | undefined;
  readonly cancelled?: boolean | undefined;
}
