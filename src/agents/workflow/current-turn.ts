import { AsyncLocalStorage } from 'node:async_hooks';
import type { ChatContext } from '../../context';
import type { AgentLike } from '../sdk/agent';
import type { StateDefinition } from './kept-state';

/** What a workflow gives to a run: a text, items, or the state of a run that goes on. */
export type RunInput = string | readonly object[] | object;

/** A run that a workflow starts. */
export interface RunCall {
  readonly agent: AgentLike;
  readonly input: RunInput;
  readonly options: RunCallOptions;
  /** Starts it by the class that the workflow's file imports. */
  readonly start: (input: RunInput, options: RunCallOptions) => Promise<unknown>;
}

/** What is read of the options of a run; the others are passed on. */
export interface RunCallOptions {
  readonly stream?: boolean | undefined;
  readonly context?: unknown;
  readonly signal?: AbortSignal | undefined;
  readonly session?: unknown;
  readonly conversationId?: string | undefined;
  readonly previousResponseId?: string | undefined;
}

/** The turn of a chat that a workflow answers, as the code of the workflow sees it. */
export interface CurrentTurn {
  readonly ctx: ChatContext;
  /** Runs an agent, shows what it says, and resolves to its result. */
  run(call: RunCall): Promise<unknown>;
  /** What the user says to a question; the turn ends where that is not known yet. */
  approve(message: string): Promise<boolean>;
  /** Does something once, also where the turn is played again. */
  step<R>(name: string, work: () => R | PromiseLike<R>): Promise<R>;
  /** Variables that outlive the turn. */
  state<S extends object>(definition: StateDefinition<S>): Promise<S>;
}

const turns = new AsyncLocalStorage<CurrentTurn | undefined>();

/** The turn that runs this code; `undefined` outside a chat, and in tools: their runs are not shown. */
export function currentTurn(): CurrentTurn | undefined {
  return turns.getStore();
}

export function inTurn<R>(turn: CurrentTurn, work: () => R): R {
  return turns.run(turn, work);
}

/** Runs that tools start are theirs: the one that called the tool is being shown. */
export function outsideTurn<R>(work: () => R): R {
  return turns.run(undefined, work);
}
