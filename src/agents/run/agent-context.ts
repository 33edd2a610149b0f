import {
  EXPAND,
  isComposite,
  type ChatContext,
  type HandlerEvent,
  type RequestContext,
  type RunContext,
} from '../../context';
import { DeveloperError } from '../../errors';
import { progress, streamWidget, widget, type StreamWidgetOptions } from '../../events';
import type { Task, WidgetRoot, WorkflowItem } from '../../protocol';
import type { IdKind } from '../../store';
import type { EndWorkflowOptions, WorkflowStart } from '../convert/current-workflow';
import { AgentState } from './agent-state';
import { warnOfReplaced } from './client-call';
import { heldIfLeft } from './promises';

/** The state behind a context, for this package alone. */
export let stateOf: (context: AgentContext) => AgentState;

/**
 * What tools of an agent answer with: events, widgets, progress, workflows, calls of tools in the browser.
 * It is the run's `context`, and knows the {@link ChatContext} of the request. What is sent here never
 * overtakes what the model said before: it waits until that has been sent. Every method that sends
 * resolves when its events are stored and the stream can take more, and rejects with a coded error
 * (`run_ended`) after the run.
 *
 * @example
 * const showOrder = tool({
 *   name: 'show_order',
 *   description: 'Shows an order to the user.',
 *   parameters: z.object({ id: z.string() }),
 *   async execute({ id }, run) {
 *     await agentContext(run).streamWidget(orderCard(id));
 *     return 'The order is shown.';
 *   },
 * });
 */
export class AgentContext<T = RequestContext> {
  // Private in truth: what the SDK writes of a run's context into its stored state is `{}`.
  readonly #state: AgentState;
  readonly #chat: ChatContext<T>;

  static {
    stateOf = (context) => context.#state;
  }

  constructor(chat: ChatContext<T>) {
    this.#chat = chat;
    this.#state = new AgentState(chat);
  }

  /** The request: its thread, store, user, log, signal. */
  get chat(): ChatContext<T> {
    return this.#chat;
  }

  /** The workflow that is open now. */
  get workflow(): WorkflowItem | undefined {
    return this.#state.workflow.open;
  }

  /** A new id, as the pipeline makes them. */
  generateId(kind: IdKind): string {
    return this.#chat.store.generateId(kind);
  }

  /**
   * Sends events, or what event helpers make, in this order.
   *
   * @example
   * await agentContext(run).stream(notice('info', 'The order is locked.'), clientEffect('order_locked'));
   */
  stream(...events: readonly HandlerEvent[]): Promise<void> {
    const [only] = events;
    return heldIfLeft(events.length === 1 && only !== undefined ? this.#send(only) : this.#sendAll(events));
  }

  /** Sends a widget, or one that changes: each state of it, first to last. */
  streamWidget(
    states: WidgetRoot | (() => AsyncIterable<WidgetRoot> | Iterable<WidgetRoot>) | AsyncIterable<WidgetRoot>,
    options?: StreamWidgetOptions,
  ): Promise<void> {
    const isOne = typeof states === 'object' && !(Symbol.asyncIterator in states);
    return this.stream(isOne ? widget(states, options) : streamWidget(states, options));
  }

  /** A line that tells what is going on until the next item appears. */
  progress(text: string, options?: { icon?: string }): Promise<void> {
    return this.stream(progress(text, options));
  }

  /**
   * Calls a tool in the browser when the run has ended, in place of this tool: the responder runs again
   * when its output arrives. Name the agent's tool in `toolUseBehavior: { stopAtToolNames: […] }`.
   *
   * @param args JSON
   * @param options `callId`: the id of the model's tool call. By default it is found by the tool's name.
   */
  clientToolCall(
    name: string,
    args: Record<string, unknown> = {},
    { callId }: { callId?: string | undefined } = {},
  ): void {
    const calls = this.#state.latestCalls();
    const call = calls.findLast((each) => each.name === name) ?? calls.at(-1);
    warnOfReplaced(this.#state, name);
    this.#state.clientCall = { name, args, callId: callId ?? call?.callId };
  }

  /**
   * Starts a workflow, in which tasks appear. It is shown with its first task, unless it is about
   * reasoning; one that is open already is closed.
   */
  startWorkflow(start: WorkflowStart = {}): Promise<void> {
    const { workflow } = this.#state;
    return this.#state.emit(() => workflow.start(start));
  }

  /** Adds a task to the open workflow, or to a new one; resolves to its index there. */
  addWorkflowTask(task: Task): Promise<number> {
    let index = 0;
    const sent = this.#state.emit(() => {
      const added = this.#state.workflow.add(task);
      index = added.index;
      return added.events;
    });
    return heldIfLeft(sent.then(() => index));
  }

  /** @throws DeveloperError `no_such_task` where no workflow is open, or it has no task there */
  updateWorkflowTask(task: Task, index: number): Promise<void> {
    return this.#state.emit(() => {
      const events = this.#state.workflow.update(index, task);
      if (events.length === 0) throw noSuchTask(index);
      return events;
    });
  }

  /** Closes the open workflow, with how long it took unless it has a summary; nothing where none is open. */
  endWorkflow(options: EndWorkflowOptions = {}): Promise<void> {
    return this.#state.emit(() => this.#state.workflow.end(options));
  }

  async #sendAll(events: readonly HandlerEvent[]): Promise<void> {
    for (const event of events) await this.#send(event);
  }

  async #send(event: HandlerEvent): Promise<void> {
    if (!isComposite(event)) return this.#state.emit(() => this.#state.prepare(event));
    for await (const part of event[EXPAND](this.#chat as unknown as RunContext)) await this.#send(part);
  }
}

/** What a tool is given of its run: `RunContext` of the SDK. */
export interface ToolRunContext {
  readonly context: unknown;
}

/** Of a run whose `context` is an object of the application, or one that stands for ours. */
interface Stand {
  readonly context: AgentContext;
  isOver: boolean;
}

const stands = new WeakMap<object, Stand>();

/**
 * Lets {@link agentContext} find a run's context behind another object, until that is given to a later run.
 *
 * @returns to be called when the run is over
 * @throws DeveloperError `context_in_use`: tools of one user's run would send to another's
 */
export function standFor(own: object, context: AgentContext): () => void {
  if (stands.get(own)?.isOver === false) throw contextInUse();
  const stand = { context, isOver: false };
  stands.set(own, stand);
  return () => {
    stand.isOver = true;
  };
}

/**
 * The {@link AgentContext} of the run that calls a tool, from the second argument of the tool's `execute`.
 *
 * @throws DeveloperError `not_in_a_run` where the run was not started by `runAgent`, or not with an
 * `AgentContext` as its context
 *
 * @example
 * execute: async ({ id }, run) => agentContext(run).progress(`Looking for ${id}`)
 */
export function agentContext<T = RequestContext>(run: ToolRunContext | undefined): AgentContext<T> {
  const context = run?.context;
  if (context instanceof AgentContext) return context as AgentContext<T>;
  const known = typeof context === 'object' && context !== null ? stands.get(context)?.context : undefined;
  if (known !== undefined) return known as AgentContext<T>;
  throw new DeveloperError(
    'not_in_a_run',
    'agentContext() was called outside a run of runAgent().',
    'Give it the second argument of the tool’s execute(), and start the run by runAgent().',
  );
}

function noSuchTask(index: number): DeveloperError {
  return new DeveloperError(
    'no_such_task',
    `updateWorkflowTask() was given the index ${String(index)}, where the open workflow has no task.`,
    'Take the index that addWorkflowTask() resolved to.',
  );
}

function contextInUse(): DeveloperError {
  return new DeveloperError(
    'context_in_use',
    'runAgent() was given a `context` in which another run is still going on.',
    'Make a new object for each run: { context: { … } }.',
  );
}
