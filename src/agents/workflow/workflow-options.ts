import type { ChatContext, RequestContext } from '../../context';
import type { UserMessageItem, WidgetRoot } from '../../protocol';
import type { ResponseStreamConverter } from '../convert/response-stream-converter';
import type { ShowActivity } from '../convert/tool-activities';
import type { HistoryOptions } from '../input/history';
import type { ThreadItemConverter } from '../input/thread-item-converter';
import type { AgentLike } from '../sdk/agent';
import type { QuestionWidget } from './question-widget';
import type { RunInput } from './current-turn';

/**
 * How an agent of a workflow is shown: `text` shows all its output; `progress` shows its name as a task of
 * the workflow item, with its reasoning and tools; `nothing` does not show it.
 */
export type Shown = 'text' | 'progress' | 'nothing';

/** A run of a workflow, for functions of `ByAgent`. */
export interface WorkflowRun {
  /** The number of the run in its turn, from 0. */
  readonly index: number;
  /** The input that the workflow gives to the run, without earlier turns. */
  readonly input: RunInput;
}

/** A value for each agent: by its name, or by a function if two agents have the same name. */
export type ByAgent<V> =
  Readonly<Record<string, V>> | ((agent: AgentLike, run: WorkflowRun) => V | undefined);

/** Builds a widget from an agent's output. Written as methods, so that the output may have a type. */
interface WidgetMaker {
  make(output: unknown): WidgetRoot;
  build(output: unknown): WidgetRoot;
}

/** A template, or a function, that builds a widget from an agent's output. */
export type OutputWidget = WidgetMaker['make'] | Pick<WidgetMaker, 'build'>;

/** Options of {@link runWorkflow}. */
export interface RunWorkflowOptions<I = WorkflowInput, R = unknown, T = RequestContext> {
  /** The argument of the workflow; by default `{ input_as_text }` with the text of the message. */
  input?: ((message: UserMessageItem | null, ctx: ChatContext<T>) => I | PromiseLike<I>) | undefined;
  /** How agents are shown. By default agents without `outputType` as `text`, the others as `progress`. */
  show?: ByAgent<Shown> | undefined;
  /** Widgets instead of structured outputs. Their agents are not shown otherwise, unless `show` says so. */
  widgets?: ByAgent<OutputWidget> | undefined;
  /** How much of the thread agents read: the newest 100 items by default. */
  history?: HistoryOptions | undefined;
  /**
   * Which agents read earlier turns. By default those whose input begins with the user's message, or contains
   * items of earlier runs that read them; but not classifiers: agents whose output is a single choice and
   * whose input is only the message.
   */
  readsHistory?: ByAgent<boolean> | undefined;
  /** Converts items of the thread into input of the model. */
  itemConverter?: ThreadItemConverter | undefined;
  /** Converts images and citations of the model into those of the thread. */
  streamConverter?: ResponseStreamConverter | undefined;
  /** Shows running tools as tasks of a workflow or as progress lines; by default they are not shown. */
  toolActivity?: ShowActivity | undefined;
  /**
   * Returns the text that is shown for the result of the workflow, or `undefined`. By default a string,
   * `message` or `output_text`, unless a run has shown it.
   */
  answer?: ((returned: R) => string | undefined) | undefined;
  /** The text for the user if a guardrail refuses; by default “I’m sorry, but I can’t help with that.” */
  refusal?: string | ((failOutput: Readonly<Record<string, unknown>>) => string | undefined) | undefined;
  /** The widget of `approvalRequest()`, instead of a card with its message and two buttons. */
  approvalWidget?: QuestionWidget | undefined;
}

/** The argument of a workflow that Agent Builder exports. */
export interface WorkflowInput {
  input_as_text: string;
}

/** The exported function of a workflow. */
export type Workflow<I, R> = (input: I) => PromiseLike<R> | R;

export function ruleFor<V>(rules: ByAgent<V> | undefined, agent: AgentLike, run: WorkflowRun): V | undefined {
  if (typeof rules === 'function') return rules(agent, run);
  return rules !== undefined && Object.hasOwn(rules, agent.name) ? rules[agent.name] : undefined;
}
