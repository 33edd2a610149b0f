import type { EventDraft } from '../../context';
import { clientToolCall } from '../../events';
import { runEnded } from '../../pipeline';
import { VISIBLE_ITEM_TYPES, type WorkflowItem } from '../../protocol';
import { isPromise } from '../../store';
import type { Conversion } from '../convert/conversion';
import type { Drafts } from '../convert/drafts';
import { ModelError } from '../convert/model-error';
import { ResponseStreamConverter } from '../convert/response-stream-converter';
import { RunEvents } from '../convert/run-events';
import { ToolActivities, type ShowActivity } from '../convert/tool-activities';
import type { RunEvent, StreamedRun } from '../sdk/run-event';
import { isTripwire } from '../sdk/tripwire';
import { stateOf, type AgentContext } from './agent-context';
import type { AgentState, PendingClientCall } from './agent-state';
import type { Emission, Position } from './emissions';
import { RunReader } from './run-reader';

export interface StreamAgentResponseOptions {
  /** How images and citations become those of the thread. */
  converter?: ResponseStreamConverter | undefined;
  /** Shows tools at work as tasks of a workflow, or lines of progress; by default they are not shown. */
  toolActivity?: ShowActivity | undefined;
}

const DEFAULT_CONVERTER = new ResponseStreamConverter();

/**
 * The events of a thread for a streamed run of the Agents SDK: what the model says, and between it what
 * tools send through the run's context. {@link runAgent} does this and all around it.
 *
 * When a guardrail stops the run, what the run has shown is taken back before the error is thrown. When the
 * request's signal is aborted it ends at once, whatever the run does.
 *
 * @throws ModelError, and what the run throws
 *
 * @example
 * `@OnMessage()`
 * async *reply(message: UserMessageItem | null, ctx: ChatContext) {
 *   const context = new AgentContext(ctx);
 *   const input = await toAgentInput(await history(ctx));
 *   const result = await run(agent, input, { stream: true, context, signal: ctx.signal });
 *   yield* streamAgentResponse(context, result);
 * }
 */
export async function* streamAgentResponse<T>(
  context: AgentContext<T>,
  run: StreamedRun,
  options: StreamAgentResponseOptions = {},
): AsyncGenerator<EventDraft, void> {
  const state = stateOf(context);
  if (state.workflow.open === undefined) await takeUpWorkflow(state);
  const stream = new AgentStream(state, run, options);
  try {
    yield* stream.events();
  } catch (error) {
    if (isTripwire(error)) yield* state.footprint.takeBack();
    throw error;
  } finally {
    stream.close();
  }
}

class AgentStream {
  private readonly reader: RunReader<RunEvent>;
  private readonly converted: RunEvents;
  private readonly signal: AbortSignal;
  private readonly resumesAt: WorkflowItem | undefined;
  /** The ids of the assistant's messages that the model has said. */
  private readonly messages: string[] = [];

  constructor(
    private readonly state: AgentState,
    private readonly run: StreamedRun,
    { converter: hooks = DEFAULT_CONVERTER, toolActivity: show }: StreamAgentResponseOptions,
  ) {
    const { workflow } = state;
    const activities = show && new ToolActivities(workflow, show);
    const conversion: Conversion = { ...state.place, hooks, workflow, activities };
    this.converted = new RunEvents(conversion);
    this.converted.responses = run.rawResponses?.length ?? 0; // of a run that is resumed
    this.reader = new RunReader(run);
    this.signal = state.ctx.signal;
    this.resumesAt = state.workflow.open;
    state.run = run;
    state.emissions.open();
    state.emissions.onPush = this.reader.wake;
    this.signal.addEventListener('abort', this.reader.wake);
    run.completed?.then(undefined, () => undefined); // its error comes by the events
  }

  async *events(): AsyncGenerator<EventDraft, void> {
    for (;;) {
      if (this.state.emissions.first !== undefined) yield* this.emitted();
      if (this.isAborted()) return;
      const step = await this.reader.next();
      if (this.isAborted()) return;
      if (step.type === 'end') break;
      if (step.type === 'error') throw step.error;
      if (step.type === 'woken') continue;
      const converted = this.converted.convert(step.event);
      const drafts = isPromise(converted) ? await converted : converted;
      this.noteMessages(drafts);
      yield* this.noted(drafts);
    }
    yield* this.ending();
  }

  private isAborted(): boolean {
    return this.signal.aborted;
  }

  close(): void {
    this.signal.removeEventListener('abort', this.reader.wake);
    this.state.emissions.onPush = undefined;
    this.state.emissions.close(runEnded());
    this.state.run = undefined;
    this.reader.leave();
  }

  private *noted(drafts: Drafts): Generator<EventDraft, void> {
    if (drafts.length > 0) this.state.hasSent = true;
    for (const draft of drafts) {
      this.state.footprint.noteNew(draft);
      yield draft;
    }
  }

  /** What tools have emitted, as far as its turn has come. */
  private async *emitted(): AsyncGenerator<EventDraft, void> {
    const { emissions } = this.state;
    for (let next = emissions.first; next !== undefined; next = emissions.first) {
      if (!this.isDue(next.after) && (await this.reader.hasMore())) return;
      if (this.isAborted()) return;
      const made = await settled(next.make);
      if ('error' in made) {
        next.reject(made.error);
      } else {
        yield* this.noted(made.drafts);
        next.resolve();
      }
      emissions.shift();
    }
  }

  /** Whether all that the model said before has been sent. */
  private isDue({ responses, calls }: Position): boolean {
    return this.converted.responses >= responses && calls.every((call) => this.converted.hasCalled(call));
  }

  private async *ending(): AsyncGenerator<EventDraft, void> {
    yield* this.emitted();
    const rest = this.converted.finish();
    this.noteMessages(rest);
    yield* this.noted(rest);
    if (this.run.cancelled === true) throw new ModelError('model_cut_off', 'The run was cancelled.');
    await this.storeOpenWorkflow();
    const { converted, messages, run } = this;
    const { usesResponses } = converted;
    const clientCall = this.clientCall();
    await this.state.atEnd?.({ run, messages, usesResponses, clientCall: clientCall?.callId });
    if (clientCall !== undefined) yield clientToolCall(clientCall.name, clientCall.args, clientCall);
  }

  /** One that is open is stored as it is, for the next turn to go on with. */
  private async storeOpenWorkflow(): Promise<void> {
    const { ctx, workflow } = this.state;
    const { leftOpen } = workflow;
    if (leftOpen !== undefined && leftOpen !== this.resumesAt) await ctx.store.saveItem(leftOpen);
  }

  private clientCall(): (PendingClientCall & { callId: string }) | undefined {
    const { clientCall, ctx } = this.state;
    if (clientCall === undefined) return undefined;
    this.state.clientCall = undefined;
    const callId = clientCall.callId ?? this.converted.latestCallOf(clientCall.name);
    return { ...clientCall, callId: callId ?? ctx.store.generateId('tool_call') };
  }

  private noteMessages(drafts: Drafts): void {
    for (const draft of drafts) {
      if (draft.type !== 'thread.item.done' || draft.item.type !== 'assistant_message') continue;
      if (draft.item.id !== undefined) this.messages.push(draft.item.id);
    }
  }
}

async function settled(make: Emission['make']): Promise<{ drafts: Drafts } | { error: unknown }> {
  try {
    return { drafts: await make() };
  } catch (error) {
    return { error };
  }
}

/** The newest item, where it is a workflow, is gone on with; so is the one before a client tool call. */
async function takeUpWorkflow({ ctx, workflow, footprint }: AgentState): Promise<void> {
  const { data } = await ctx.store.listItems(ctx.thread.id, {
    limit: 2,
    order: 'desc',
    types: VISIBLE_ITEM_TYPES,
  });
  const [last, beforeLast] = data;
  const item = last?.type === 'client_tool_call' ? beforeLast : last;
  if (item?.type !== 'workflow') return;
  footprint.keep(item);
  workflow.takeUp(item);
}
