import type { ChatContext, EventDraft, RequestContext } from '../context';
import type { ResponseStreamConverter } from './convert/response-stream-converter';
import type { ShowActivity } from './convert/tool-activities';
import type { HistoryOptions } from './input/history';
import { ThreadItemConverter } from './input/thread-item-converter';
import { attemptsOf, isRefusal, keep, type MemoryOptions } from './memory/attempts';
import { AgentContext, standFor, stateOf } from './run/agent-context';
import { streamAgentResponse } from './run/stream-agent-response';
import type { AgentLike, RunnerLike, StartRun } from './sdk/agent';
import { sdkOf } from './sdk/load-sdk';

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
  const chat: ChatContext = ctx;
  const start = await starterFor(agent, options.runner);
  const { streamConverter, toolActivity, itemConverter = DEFAULT_CONVERTER } = options;
  for await (const attempt of attemptsOf(chat, itemConverter, options)) {
    if (ctx.signal.aborted) return;
    const context = new AgentContext(ctx);
    const state = stateOf(context);
    state.atEnd = (ending) => keep(chat, ending, options);
    if (options.context !== undefined) standFor(options.context, context);
    const { input, previousResponseId } = attempt;
    const settings = {
      stream: true as const,
      context: options.context ?? context,
      signal: ctx.signal,
      ...(options.maxTurns === undefined ? {} : { maxTurns: options.maxTurns }),
      ...(previousResponseId === undefined ? {} : { previousResponseId }),
    };
    try {
      const run = await start(agent, input, settings);
      yield* streamAgentResponse(context, run, { converter: streamConverter, toolActivity });
      return;
    } catch (error) {
      if (attempt.isLast || state.hasSent || !isRefusal(error)) throw error;
      chat.log.warn({ err: error }, 'the model refuses to go on from what was kept: it reads the thread');
    }
  }
}

async function starterFor(agent: AgentLike, runner: RunnerLike | undefined): Promise<StartRun> {
  return runner === undefined ? (await sdkOf(agent)).run : (runner.run.bind(runner) as unknown as StartRun);
}
