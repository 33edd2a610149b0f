import type { ChatContext, EventDraft, Observation } from '../../context';
import { DeveloperError } from '../../errors';
import { widget } from '../../events';
import type { AssistantMessageItem, CustomTask } from '../../protocol';
import type { CurrentWorkflow } from '../convert/current-workflow';
import { declinedIn, readState, type InterruptedRun } from '../approvals/run-state';
import { NONE, type Drafts } from '../convert/drafts';
import type { OutputKind } from '../convert/output-writer';
import { AgentContext, standFor, stateOf } from '../run/agent-context';
import { observeRun, usageOf } from '../run/observed-run';
import { heldIfLeft, until } from '../run/promises';
import { streamAgentResponse } from '../run/stream-agent-response';
import type { StreamedRun } from '../sdk/run-event';
import { isTripwire } from '../sdk/tripwire';
import type { RunCall, RunInput } from './current-turn';
import { buildWidget } from './output-widget';
import { WorkflowChanged } from './turn-end';
import type { OutputWidget, RunWorkflowOptions, Shown } from './workflow-options';

/** Settings of a job. */
export interface JobSettings {
  readonly ctx: ChatContext;
  /** The workflow item that the runs of a turn share. */
  readonly workflow: CurrentWorkflow;
  readonly signal: AbortSignal;
  readonly input: RunInput;
  readonly shown: Shown;
  readonly widget: OutputWidget | undefined;
  readonly options: Pick<RunWorkflowOptions, 'streamConverter' | 'toolActivity'>;
  /** The run to resume, if its tools waited for the user. */
  readonly paused?: InterruptedRun | undefined;
  /** Called before an agent is shown as a task. */
  readonly noteProgress: (name: string) => Promise<void>;
}

const HIDDEN: Readonly<Record<Shown, readonly OutputKind[]>> = {
  text: [],
  progress: ['message'],
  nothing: ['message', 'reasoning', 'image', 'hosted tool'],
};

/** A task of the workflow item. */
interface ShownTask {
  readonly index: number;
  readonly workflowId: string;
}

/** A streamed run of the SDK, with the output that a workflow reads. */
export type JobResult = StreamedRun & { readonly finalOutput?: unknown };

/** One run of a workflow. It starts at once, and is shown when its turn comes. */
export class RunJob {
  /** Resolves to the result when the run has been shown. */
  readonly result: Promise<JobResult>;
  /** The texts that it has shown. */
  readonly texts: string[] = [];
  /** Whether it has shown more than tasks. */
  hasShown = false;
  private readonly started: Promise<JobResult>;
  private readonly context: AgentContext;
  private observation: Observation | undefined;
  private ran: JobResult | undefined;
  private failure: unknown;
  /** Releases the application's `context` for another run. */
  private release: (() => void) | undefined;
  private resolve!: (result: JobResult) => void;
  private reject!: (reason: unknown) => void;

  constructor(
    private readonly call: RunCall,
    private readonly settings: JobSettings,
  ) {
    this.result = heldIfLeft(
      new Promise((resolve, reject) => {
        this.resolve = resolve;
        this.reject = reject;
      }),
    );
    this.context = new AgentContext(settings.ctx);
    stateOf(this.context).workflow = settings.workflow;
    this.observation = observeRun(settings.ctx, call.agent);
    const { observation } = this;
    const start = (): Promise<JobResult> => this.start();
    this.started = heldIfLeft(observation === undefined ? start() : observation.run(start)); // `events` throws its error later
  }

  /** Never throws: errors of the run reject `result`, for the workflow to handle. */
  async *events(): AsyncGenerator<EventDraft, void> {
    try {
      const run = await until(this.settings.signal, this.started);
      this.ran = run;
      yield* this.showing(run);
      this.resolve(run);
    } catch (error) {
      this.failure = error;
      this.reject(error);
    } finally {
      this.release?.();
      this.observed();
    }
  }

  giveUp(reason: Error): void {
    this.release?.();
    this.reject(reason);
    this.observed();
  }

  private observed(): void {
    const { observation, ran, failure } = this;
    this.observation = undefined; // ends only once
    if (ran !== undefined) observation?.note(usageOf(ran));
    observation?.end(failure);
  }

  private async start(): Promise<JobResult> {
    const { call, settings, context } = this;
    const own = call.options.context;
    if (isObject(own)) this.release = standFor(contextIn(own), context);
    const signal = call.options.signal
      ? AbortSignal.any([call.options.signal, settings.signal])
      : settings.signal;
    const options = { ...call.options, stream: true, signal };
    const run = (
      settings.paused === undefined
        ? await call.start(settings.input, { ...options, context: own ?? context })
        : await call.start(await this.resumed(settings.paused, own ?? context), options)
    ) as JobResult;
    const state = stateOf(context);
    state.declined = settings.paused && declinedIn(settings.paused);
    state.follow(run, settings.paused && run.rawResponses?.length);
    return run;
  }

  /** Restores the state of a run that waited for the user. */
  private async resumed(paused: InterruptedRun, own: unknown): Promise<object> {
    const context = isObject(own) ? contextIn(own) : {};
    const state = await readState(this.call.agent, paused, context, this.settings.ctx);
    if (state === undefined) throw new WorkflowChanged('the SDK cannot read the state of its run');
    stateOf(this.context).declined = declinedIn(paused);
    return state;
  }

  private async *showing(run: JobResult): AsyncGenerator<EventDraft, void> {
    const { shown, widget: build, workflow } = this.settings;
    const { name } = this.call.agent;
    if (shown === 'progress') await this.settings.noteProgress(name);
    const task = shown === 'progress' ? workflow.add(taskOf(name, 'loading')) : undefined;
    yield* task?.events ?? NONE;
    const before = workflow.open;
    try {
      yield* this.answer(run);
    } catch (error) {
      if (isTripwire(error)) {
        this.texts.length = 0; // what was shown has been removed
        this.hasShown = false;
        workflow.rewind(before);
      }
      yield* this.ended(task, 'none');
      throw error;
    }
    yield* this.ended(task, 'complete');
    if (build !== undefined && run.finalOutput !== undefined) {
      const root = buildWidget(name, build, run.finalOutput);
      yield* workflow.end();
      this.hasShown = true;
      yield widget(root);
    }
  }

  private async *answer(run: JobResult): AsyncGenerator<EventDraft, void> {
    const { shown, options, signal } = this.settings;
    const events = streamAgentResponse(this.context, run, {
      converter: options.streamConverter,
      toolActivity: shown === 'nothing' ? undefined : options.toolActivity,
      hide: HIDDEN[shown],
    });
    for await (const event of events) {
      if (event.type === 'thread.item.done' && event.item.type === 'client_tool_call') {
        throw clientToolCalled(this.call.agent.name, event.item.name);
      }
      this.hasShown ||= event.type === 'thread.item.done' && event.item.type !== 'workflow';
      if (event.type === 'thread.item.done' && event.item.type === 'assistant_message') {
        this.texts.push(textOf(event.item));
      }
      yield event;
    }
    signal.throwIfAborted();
    await run.completed;
  }

  private ended(task: ShownTask | undefined, status: 'complete' | 'none'): Drafts {
    if (task === undefined) return NONE;
    const { workflow } = this.settings;
    return workflow.update(task.index, taskOf(this.call.agent.name, status), task.workflowId);
  }
}

function taskOf(title: string, status_indicator: CustomTask['status_indicator']): CustomTask {
  return { type: 'custom', title, status_indicator };
}

function textOf({ content }: Pick<AssistantMessageItem, 'content'>): string {
  return content.map(({ text }) => text).join('');
}

/** The SDK accepts a run's context as it is, or in a `RunContext`. */
function contextIn(own: object): object {
  const inner = 'usage' in own && 'context' in own ? own.context : undefined;
  return isObject(inner) ? inner : own;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function clientToolCalled(agent: string, tool: string): DeveloperError {
  return new DeveloperError(
    'client_tool_in_workflow',
    `A tool of the agent "${agent}" called the tool "${tool}" in the browser, but a workflow cannot wait for its output.`,
    'Use runAgent() for agents with tools in the browser, or let the page send the output of the tool with the message.',
  );
}
