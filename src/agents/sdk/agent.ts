import type { Interruption, StreamedRun } from './run-event';

/** An agent of `@openai/agents`, from its CommonJS or its ES modules. */
export interface AgentLike {
  readonly name: string;
  readonly instructions: unknown;
  readonly tools: readonly unknown[];
  readonly handoffs: readonly unknown[];
  /** A name, or a model of the application's own. */
  readonly model?: unknown;
}

/** A `Runner` of `@openai/agents`. */
export interface RunnerLike {
  run(...args: never[]): Promise<unknown>;
}

/** What is given to a run. */
export interface RunSettings {
  readonly stream: true;
  readonly context: object;
  readonly signal: AbortSignal;
  readonly maxTurns?: number;
  readonly previousResponseId?: string;
}

/** The state of a run that waited for approval, read again. */
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

/** What is used of the SDK's module. */
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
