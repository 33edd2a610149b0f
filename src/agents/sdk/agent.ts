import type { Interruption, StreamedRun } from './run-event';

/** An agent of `@openai/agents`, from its CommonJS or ES modules. */
export interface AgentLike {
  readonly name: string;
  readonly instructions: unknown;
  readonly tools: readonly unknown[];
  readonly handoffs: readonly unknown[];
  /** The name of a model, or the application's own model object. */
  readonly model?: unknown;
}

/** A `Runner` of `@openai/agents`. */
export interface RunnerLike {
  run(...args: never[]): Promise<unknown>;
}

/** Options of a run. */
export interface RunSettings {
  readonly stream: true;
  readonly context: object;
  readonly signal: AbortSignal;
  readonly maxTurns?: number;
  readonly previousResponseId?: string;
}

/** The restored state of a run that waited for approval. */
export interface ResumedState {
  getInterruptions(): Interruption[];
  approve(interruption: Interruption): void;
  reject(interruption: Interruption, options?: { message?: string }): void;
}

/** Starts runs of the SDK. */
export interface StartRun {
  (agent: AgentLike, input: readonly object[], settings: RunSettings): Promise<StreamedRun>;
  (agent: AgentLike, input: ResumedState, settings: Omit<RunSettings, 'context'>): Promise<StreamedRun>;
  (
    agent: AgentLike,
    input: string,
    settings: Pick<RunSettings, 'signal'>,
  ): Promise<{ readonly finalOutput?: unknown }>;
}

/** The exports of the SDK that are used here. */
export interface AgentsSdk {
  readonly Agent: abstract new (...args: never[]) => object;
  readonly run: StartRun;
  readonly RunContext: new (context: object) => object;
  readonly RunState: {
    fromStringWithContext(
      agent: AgentLike,
      state: string,
      context: object,
      options: { contextStrategy: 'replace' },
    ): Promise<ResumedState>;
  };
}
