import type { ChatContext, EventDraft, RequestContext } from '../context';
import { askForApproval, closing, settingsFor } from './approvals/interruptions';
import { expirePending, type PendingRun } from './approvals/pending-run';
import type { ResponseStreamConverter } from './convert/response-stream-converter';
import type { ShowActivity } from './convert/tool-activities';
import type { HistoryOptions } from './input/history';
import { ThreadItemConverter } from './input/thread-item-converter';
import { attemptsOf, isRefusal, keep, type MemoryOptions } from './memory/attempts';
import { AgentContext, standFor, stateOf } from './run/agent-context';
import type { AgentState } from './run/agent-state';
import { streamAgentResponse } from './run/stream-agent-response';
import type { AgentLike, ResumedState, RunnerLike, StartRun } from './sdk/agent';
import { sdkOf } from './sdk/load-sdk';
import type { StreamedRun } from './sdk/run-event';

export interface RunAgentOptions extends MemoryOptions {
  /** How much of the thread the model reads: the newest 100 items by default. */
  history?: HistoryOptions | undefined;
  /** How items of the thread become what the model reads. */
  itemConverter?: ThreadItemConverter | undefined;
  /** How images and citations of the model become those of the thread. */
  streamConverter?: ResponseStreamConverter | undefined;
  /** Shows tools at work as tasks of a workflow, or lines of progress; by default they are not shown. */
  toolActivity?: ShowActivity | undefined;
  /** A `Runner` of `@openai/agents`, with settings of its own. */
  runner?: RunnerLike | undefined;
  /** How often the model may be asked in one run; the SDK's default is 10. */
  maxTurns?: number | undefined;
  /**
   * The `context` that tools see, where they are written for one of their own: an object made for this
   * run. `agentContext(run)` works in them as well.
   */
  context?: object | undefined;
}

const DEFAULT_CONVERTER = new ThreadItemConverter();

/**
 * Answers with an agent of `@openai/agents`: loads the thread, runs the agent on it, and streams what the
 * model says and what its tools send. All that a responder needs. When the client leaves, the model's
 * request is closed and what the user has seen is kept.
 *
 * @returns events, for a handler to return, or to `yield*` among its own
 * @throws ModelError when the answer fails or breaks off, DeveloperError, and what the run throws
 *
 * @example
 * `@OnMessage()`
 * reply(message: UserMessageItem | null, ctx: ChatContext) {
 *   return runAgent(agent, ctx);
 * }
 */
export async function* runAgent<T = RequestContext>(
  agent: AgentLike,
  ctx: ChatContext<T>,
  options: RunAgentOptions = {},
): AsyncGenerator<EventDraft, void> {
  const start = await starterFor(agent, options.runner);
  if (settingsFor(agent) !== undefined) yield* expireApprovals(agent, ctx);
  const { itemConverter = DEFAULT_CONVERTER } = options;
  for await (const { input, previousResponseId, isLast } of attemptsOf(ctx, itemConverter, options)) {
    if (ctx.signal.aborted) return;
    const context = contextFor(ctx, options);
    const state = stateOf(context);
    try {
      const run = await start(agent, input, {
        ...settingsOf(ctx, options),
        context: options.context ?? context,
        ...(previousResponseId === undefined ? {} : { previousResponseId }),
      });
      yield* answer(agent, run, context, options);
      return;
    } catch (error) {
      if (isLast || state.hasSent || !isRefusal(error)) throw error;
      ctx.log.warn({ err: error }, 'the model refuses to go on from what was kept: it reads the thread');
    }
  }
}

/** Goes on with a run whose tool calls the user has decided. */
export async function* resumeAgent(
  agent: AgentLike,
  pending: PendingRun,
  ctx: ChatContext,
  options: RunAgentOptions,
): AsyncGenerator<EventDraft, void> {
  const start = await starterFor(agent, options.runner);
  const context = contextFor(ctx, options);
  const resumed = await readState(agent, pending, options.context ?? context, ctx);
  if (resumed === undefined) {
    for (const call of pending.calls) yield closing(pending, call, 'expired', settingsFor(agent));
    return;
  }
  stateOf(context).messages = [...pending.messages];
  const run = await start(agent, resumed, settingsOf(ctx, options));
  yield* answer(agent, run, context, options);
}

async function* answer<T>(
  agent: AgentLike,
  run: StreamedRun,
  context: AgentContext<T>,
  { streamConverter: converter, toolActivity }: RunAgentOptions,
): AsyncGenerator<EventDraft, void> {
  const state: AgentState = stateOf(context);
  yield* streamAgentResponse(context, run, { converter, toolActivity });
  if (!state.ctx.signal.aborted) yield* askForApproval(agent, run, state.ctx, state.messages);
}

/** The state as the installed SDK reads it, decided; `undefined` where it refuses it. */
async function readState(
  agent: AgentLike,
  pending: PendingRun,
  context: object,
  ctx: ChatContext,
): Promise<ResumedState | undefined> {
  const { RunContext, RunState } = await sdkOf(agent);
  let state: ResumedState;
  try {
    const options = { contextStrategy: 'replace' } as const;
    state = await RunState.fromStringWithContext(agent, pending.state, new RunContext(context), options);
  } catch (error) {
    ctx.log.warn({ err: error }, 'a run that waited for approval cannot be read by this release of the SDK');
    return undefined;
  }
  for (const interruption of state.getInterruptions()) {
    const { rawItem } = interruption;
    const callId = (rawItem as { callId?: string }).callId;
    const isAccepted = pending.calls.find((call) => call.callId === callId)?.decision === 'accepted';
    if (isAccepted) state.approve(interruption);
    else state.reject(interruption, { message: 'The user has declined this call.' });
  }
  return state;
}

/** A new message before the click: the run that waits is given up. */
async function* expireApprovals(agent: AgentLike, ctx: ChatContext): AsyncGenerator<EventDraft, void> {
  const pending = await expirePending(ctx);
  for (const call of pending?.calls ?? []) {
    if (pending !== undefined && call.decision === undefined) {
      yield closing(pending, call, 'expired', settingsFor(agent));
    }
  }
}

function contextFor<T>(ctx: ChatContext<T>, options: RunAgentOptions): AgentContext<T> {
  const context = new AgentContext(ctx);
  const state = stateOf(context);
  state.atEnd = (ending) => keep(state.ctx, ending, options);
  if (options.context !== undefined) standFor(options.context, context);
  return context;
}

function settingsOf({ signal }: ChatContext, { maxTurns }: RunAgentOptions) {
  return { stream: true as const, signal, ...(maxTurns === undefined ? {} : { maxTurns }) };
}

async function starterFor(agent: AgentLike, runner: RunnerLike | undefined): Promise<StartRun> {
  return runner === undefined ? (await sdkOf(agent)).run : (runner.run.bind(runner) as unknown as StartRun);
}
