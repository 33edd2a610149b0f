import type { EventDraft } from '../../context';
import type { Conversion } from '../convert/conversion';
import type { OutputKind } from '../convert/output-writer';
import { ResponseStreamConverter } from '../convert/response-stream-converter';
import { RunEvents } from '../convert/run-events';
import { ToolActivities, type ShowActivity } from '../convert/tool-activities';
import type { StreamedRun } from '../sdk/run-event';
import { isTripwire } from '../sdk/tripwire';
import { stateOf, type AgentContext } from './agent-context';
import type { AgentState } from './agent-state';
import { AgentStream, takeUpWorkflow } from './agent-stream';
import { settleTasks } from './settle-tasks';

/** Options of {@link streamAgentResponse}. */
export interface StreamAgentResponseOptions {
  /** Converts images and citations of the model into those of the thread. */
  converter?: ResponseStreamConverter | undefined;
  /** Shows running tools as tasks of a workflow or as progress lines; by default they are not shown. */
  toolActivity?: ShowActivity | undefined;
  /** Kinds of output that are not shown, for example the `message` of an agent that classifies. */
  hide?: readonly OutputKind[] | undefined;
}

const DEFAULT_CONVERTER = new ResponseStreamConverter();

/**
 * Converts a streamed run of the Agents SDK into thread events: the output of the model, and the events that
 * tools send through the run's context. {@link runAgent} also loads the thread and starts the run.
 *
 * If a guardrail stops the run, the items that the run has shown are removed before the error is thrown. If
 * the request's signal is aborted, it ends at once, without waiting for the run.
 *
 * @throws ModelError, and errors of the run
 *
 * @example
 * `@OnMessage()`
 * async *reply(message: UserMessageItem | null, ctx: ChatContext) {
 *   const context = new AgentContext(ctx);
 *   const input = await toAgentInput(await loadHistory(ctx));
 *   const result = await run(agent, input, { stream: true, context, signal: ctx.signal });
 *   yield* streamAgentResponse(context, result);
 * }
 */
export function streamAgentResponse<T>(
  context: AgentContext<T>,
  run: StreamedRun,
  options: StreamAgentResponseOptions = {},
): AsyncGenerator<EventDraft, void> {
  const state = stateOf(context);
  state.follow(run); // at once, not when the first event is asked for: the tools may have started
  return eventsOf(state, run, options);
}

async function* eventsOf(
  state: AgentState,
  run: StreamedRun,
  options: StreamAgentResponseOptions,
): AsyncGenerator<EventDraft, void> {
  const converter = new RunEvents(conversionOf(state, options), run, state);
  const stream = new AgentStream(state, run, converter, async (end) => {
    await state.atEnd?.({ ...end, run, known: state.known, usesResponses: converter.usesResponses });
  });
  try {
    await takeUpWorkflow(state);
    yield* stream.events();
  } catch (error) {
    if (isTripwire(error)) yield* state.footprint.takeBack();
    else if (!state.ctx.signal.aborted) yield* state.workflow.settle();
    throw error;
  } finally {
    stream.close();
    state.hasEffects ||= run.newItems?.some((item) => 'output' in item) ?? false;
    state.unfollow();
    if (state.ctx.signal.aborted) await settleTasks(state.ctx, state.workflow);
  }
}

/** Builds what the parts of a conversion share. */
export function conversionOf(
  { place, workflow }: AgentState,
  { converter: hooks = DEFAULT_CONVERTER, toolActivity: show, hide = [] }: StreamAgentResponseOptions,
): Conversion {
  const hidden = new Set(hide);
  return { ...place, hooks, hidden, workflow, activities: show && new ToolActivities(workflow, show) };
}
