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

/** Returns the state of a context; only for this package. */
export let stateOf: (context: AgentContext) => AgentState;

/**
 * Lets tools of an agent send events, widgets, progress, workflows, and calls of tools in the browser. It has
 * the {@link ChatContext} of the request. Events are sent in order: after everything that the model has
 * written before. Each method that sends returns a promise that resolves when its events are stored and the
 * stream can take more. After the end of the run it rejects with a `DeveloperError` (`run_ended`).
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
  // Private fields (#), so that the SDK serialises the context as `{}` into the stored state of a run.
  readonly #state: AgentState;
  readonly #chat: ChatContext<T>;

  static {
    stateOf = (context) => context.#state;
  }

  constructor(chat: ChatContext<T>) {
    this.#chat = chat;
    this.#state = new AgentState(chat);
  }

  /** The context of the request: thread, store, user, log, signal. */
  get chat(): ChatContext<T> {
    return this.#chat;
  }

  /** The open workflow, if there is one. */
  get workflow(): WorkflowItem | undefined {
    return this.#state.workflow.open;
  }

  /** Returns a new id for an item or other object, by the app's `generateId`. */
  generateId(kind: IdKind): string {
    return this.#chat.store.generateId(kind);
  }

  /**
   * Sends events or results of event helpers, in this order.
   *
   * @example
   * await agentContext(run).stream(notice('info', 'The order is locked.'), clientEffect('order_locked'));
   */
  stream(...events: readonly HandlerEvent[]): Promise<void> {
    const [only] = events;
    return heldIfLeft(events.length === 1 && only !== undefined ? this.#send(only) : this.#sendAll(events));
  }

  /** Sends a widget; given several states, it shows them one after the other in one widget. */
  streamWidget(
    states: WidgetRoot | (() => AsyncIterable<WidgetRoot> | Iterable<WidgetRoot>) | AsyncIterable<WidgetRoot>,
    options?: StreamWidgetOptions,
  ): Promise<void> {
    const isOne = typeof states === 'object' && !(Symbol.asyncIterator in states);
    return this.stream(isOne ? widget(states, options) : streamWidget(states, options));
  }

  /** Shows a progress line until the next item appears. */
  progress(text: string, options?: { icon?: string }): Promise<void> {
    return this.stream(progress(text, options));
  }

  /**
   * Calls a tool in the browser after the end of the run, instead of this tool. When its output arrives, the
   * responder runs again. List the agent's tool in `toolUseBehavior: { stopAtToolNames: […] }`.
   *
   * @param args plain JSON data
   * @param options `callId`: the id of the model's tool call; by default it is found by the tool's name
   */
  clientToolCall(
    name: string,
    args: Record<string, unknown> = {},
    { callId }: { callId?: string | undefined } = {},
  ): void {
    warnOfReplaced(this.#state, name);
    this.#state.callInBrowser({ name, args, callId });
  }

  /**
   * Starts a workflow, and closes an open one. The client gets it with its first task; one of type
   * `reasoning` at once.
   */
  startWorkflow(start: WorkflowStart = {}): Promise<void> {
    const { workflow } = this.#state;
    return this.#state.emit(() => workflow.start(start));
  }

  /** Adds a task to the open workflow, or to a new one. Resolves to its index in the workflow. */
  addWorkflowTask(task: Task): Promise<number> {
    let index = 0;
    const sent = this.#state.emit(() => {
      const added = this.#state.workflow.add(task);
      index = added.index;
      return added.events;
    });
    return heldIfLeft(sent.then(() => index));
  }

  /** @throws DeveloperError `no_such_task` if no workflow is open, or it has no task with this index */
  updateWorkflowTask(task: Task, index: number): Promise<void> {
    return this.#state.emit(() => {
      const events = this.#state.workflow.update(index, task);
      if (events.length === 0) throw noSuchTask(index);
      return events;
    });
  }

  /** Closes the open workflow, if any. Its summary is how long it took, unless it has another one. */
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

/** The second argument of a tool's `execute`: `RunContext` of the SDK. */
export interface ToolRunContext {
  readonly context: unknown;
}

/** Links an object that the SDK has as `context` with the `AgentContext` of the run. */
interface Stand {
  readonly context: AgentContext;
  isOver: boolean;
}

const stands = new WeakMap<object, Stand>();

/**
 * Lets {@link agentContext} find the `AgentContext` of a run by the object that the SDK has as `context`,
 * until a later run uses the same object.
 *
 * @returns must be called when the run is over
 * @throws DeveloperError `context_in_use`: otherwise tools of one user's run would send to another user
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
 * Returns the {@link AgentContext} of the run that calls a tool, for the second argument of the tool's
 * `execute`.
 *
 * @throws DeveloperError `not_in_a_run` if the run was neither started by `runAgent`, nor with an
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
    'Pass it the second argument of the tool’s execute(), and start the run with runAgent().',
  );
}

function noSuchTask(index: number): DeveloperError {
  return new DeveloperError(
    'no_such_task',
    `updateWorkflowTask() was given the index ${String(index)}, but no open workflow has a task with this index.`,
    'Pass the index that addWorkflowTask() resolved to.',
  );
}

function contextInUse(): DeveloperError {
  return new DeveloperError(
    'context_in_use',
    'runAgent() was given a `context` object that another run is still using.',
    'Pass a new object to each run: { context: { … } }.',
  );
}
