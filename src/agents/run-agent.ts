import type { ChatContext, EventDraft, RequestContext } from '../context';
import { askForApproval, closing, settingsFor } from './approvals/interruptions';
import { expirePending, type PendingRun } from './approvals/pending-run';
import { declinedIn, readState } from './approvals/run-state';
import type { ResponseStreamConverter } from './convert/response-stream-converter';
import type { ShowActivity } from './convert/tool-activities';
import type { HistoryOptions } from './input/history';
import { ThreadItemConverter } from './input/thread-item-converter';
import { attemptsOf, isRefusal, keep, type MemoryOptions } from './memory/attempts';
import { AgentContext, standFor, stateOf } from './run/agent-context';
import type { AgentState } from './run/agent-state';
import { observedRun } from './run/observed-run';
import { streamAgentResponse } from './run/stream-agent-response';
import type { AgentLike, RunnerLike, StartRun } from './sdk/agent';
import { sdkOf } from './sdk/load-sdk';
import type { StreamedRun } from './sdk/run-event';

/** Options of {@link runAgent}. */
export interface RunAgentOptions extends MemoryOptions {
  /** How much of the thread the model reads: the newest 100 items by default. */
  history?: HistoryOptions | undefined;
  /** Converts items of the thread into input of the model. */
  itemConverter?: ThreadItemConverter | undefined;
  /** Converts images and citations of the model into those of the thread. */
  streamConverter?: ResponseStreamConverter | undefined;
  /** Shows running tools as tasks of a workflow or as progress lines; by default they are not shown. */
  toolActivity?: ShowActivity | undefined;
  /** A `Runner` of `@openai/agents` with its own settings. */
  runner?: RunnerLike | undefined;
  /** Maximum number of model calls in one run; the SDK's default is 10. */
  maxTurns?: number | undefined;
  /**
   * The `context` that tools read, if they expect one: a new object for each run. It must be a plain object
   * if agents are tools of other agents and need approval, since the SDK cannot serialise others.
   * `agentContext(run)` works with it too.
   */
  context?: object | undefined;
}

const DEFAULT_CONVERTER = new ThreadItemConverter();

/**
 * Answers with an agent of `@openai/agents`: loads the thread, runs the agent, and streams the output of the
 * model and the events of its tools. If the client leaves, the request to the model is closed, and the text
 * that the user saw is saved.
 *
 * @returns events; a handler returns them, or uses `yield*`
 * @throws ModelError if the answer fails or breaks off; DeveloperError; and errors of the run
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
  if (ctx.message !== null && settingsFor(agent) !== undefined) yield* expireApprovals(agent, ctx);
  const { itemConverter = DEFAULT_CONVERTER } = options;
  for await (const { input, previousResponseId, until, isLast } of attemptsOf(ctx, itemConverter, options)) {
    if (ctx.signal.aborted) return;
    const { context, own, release } = contextFor(ctx, options);
    const state = stateOf(context);
    state.known = { ...state.known, until };
    state.continues = previousResponseId !== undefined;
    try {
      const begin = () =>
        start(agent, input, {
          ...settingsOf(ctx, options),
          context: own,
          ...(previousResponseId === undefined ? {} : { previousResponseId }),
        });
      yield* answer(agent, begin, context, options);
      return;
    } catch (error) {
      if (isLast || state.hasEffects || !isRefusal(error)) throw error;
      ctx.log.warn(
        { err: error },
        'the model refused the recorded input of earlier runs: it gets the thread instead',
      );
    } finally {
      release();
    }
  }
}

/** Resumes a run after the user has accepted or declined its tool calls. */
export async function* resumeAgent(
  agent: AgentLike,
  pending: PendingRun,
  ctx: ChatContext,
  options: RunAgentOptions,
): AsyncGenerator<EventDraft, void> {
  const start = await starterFor(agent, options.runner);
  const { context, own, release } = contextFor(ctx, options);
  try {
    const resumed = await readState(agent, pending, own, ctx);
    if (resumed === undefined) {
      yield* closing(ctx, pending, pending.calls, 'expired', settingsFor(agent));
      return;
    }
    const state = stateOf(context);
    state.known = pending.known;
    state.declined = declinedIn(pending);
    const begin = async () => {
      const run = await start(agent, resumed, settingsOf(ctx, options));
      state.follow(run, run.rawResponses?.length);
      return run;
    };
    yield* answer(agent, begin, context, options);
  } finally {
    release();
  }
}

function answer<T>(
  agent: AgentLike,
  begin: () => Promise<StreamedRun>,
  context: AgentContext<T>,
  options: RunAgentOptions,
): AsyncGenerator<EventDraft, void> {
  return observedRun(stateOf(context).ctx, agent, begin, (run) => eventsOf(agent, run, context, options));
}

async function* eventsOf<T>(
  agent: AgentLike,
  run: StreamedRun,
  context: AgentContext<T>,
  { streamConverter: converter, toolActivity }: RunAgentOptions,
): AsyncGenerator<EventDraft, void> {
  const state: AgentState = stateOf(context);
  yield* streamAgentResponse(context, run, { converter, toolActivity });
  if (state.ctx.signal.aborted || (run.interruptions ?? []).length === 0) return;
  yield* state.workflow.end(); // as before any other widget
  yield* askForApproval(agent, run, state.ctx, state.known);
}

/** Expires the waiting runs: the user has sent a message instead of clicking a button. */
async function* expireApprovals(agent: AgentLike, ctx: ChatContext): AsyncGenerator<EventDraft, void> {
  for (const pending of await expirePending(ctx)) {
    // Also those of accepted calls, which never run.
    yield* closing(ctx, pending, pending.calls, 'expired', settingsFor(agent));
  }
}

interface OwnContext<T> {
  readonly context: AgentContext<T>;
  /** The `context` for the SDK, which serialises that of agents as tools into the state of a waiting run. */
  readonly own: object;
  /** Must be called when the run is over. */
  readonly release: () => void;
}

function contextFor<T>(ctx: ChatContext<T>, options: RunAgentOptions): OwnContext<T> {
  const context = new AgentContext(ctx);
  const state = stateOf(context);
  state.atEnd = (ending) => keep(state.ctx, ending, options);
  const own = options.context ?? {};
  return { context, own, release: standFor(own, context) };
}

function settingsOf({ signal }: ChatContext, { maxTurns }: RunAgentOptions) {
  return { stream: true as const, signal, ...(maxTurns === undefined ? {} : { maxTurns }) };
}

async function starterFor(agent: AgentLike, runner: RunnerLike | undefined): Promise<StartRun> {
  return runner === undefined ? (await sdkOf(agent)).run : (runner.run.bind(runner) as unknown as StartRun);
}
