import { AsyncLocalStorage } from 'node:async_hooks';
import type { ChatContext } from '../../context';
import type { AgentLike } from '../sdk/agent';
import type { StateDefinition } from './kept-state';

/** The input of a run: a text, items, or the state of a run to resume. */
export type RunInput = string | readonly object[] | object;

/** A run that a workflow starts. */
export interface RunCall {
  readonly agent: AgentLike;
  readonly input: RunInput;
  readonly options: RunCallOptions;
  /** Starts the run with the `Runner` that the workflow's file imports. */
  readonly start: (input: RunInput, options: RunCallOptions) => Promise<unknown>;
}

/** The options of a run that are read here; the others are passed on. */
export interface RunCallOptions {
  readonly stream?: boolean | undefined;
  readonly context?: unknown;
  readonly signal?: AbortSignal | undefined;
  readonly session?: unknown;
  readonly conversationId?: string | undefined;
  readonly previousResponseId?: string | undefined;
}

/** The turn of a chat that a workflow answers, for the functions that its code calls. */
export interface CurrentTurn {
  readonly ctx: ChatContext;
  /** Runs an agent, shows its output, and resolves to its result. */
  run(call: RunCall): Promise<unknown>;
  /** Resolves to the user's answer to a question; if there is none yet, the turn ends. */
  approve(message: string): Promise<boolean>;
  /** Runs `work` once, even if the turn is replayed. */
  step<R>(name: string, work: () => R | PromiseLike<R>): Promise<R>;
  /** Variables that outlive the turn. */
  state<S extends object>(definition: StateDefinition<S>): Promise<S>;
}

const turns = new AsyncLocalStorage<CurrentTurn | undefined>();

/** The turn that runs this code; `undefined` outside a chat, and in tools, whose runs are not shown. */
export function currentTurn(): CurrentTurn | undefined {
  return turns.getStore();
}

export function inTurn<R>(turn: CurrentTurn, work: () => R): R {
  return turns.run(turn, work);
}

/** Runs `work` without a turn: runs that a tool starts are not shown, only the run that calls the tool. */
export function outsideTurn<R>(work: () => R): R {
  return turns.run(undefined, work);
}
