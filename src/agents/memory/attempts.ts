import type { ChatContext } from '../../context';
import { loadHistory, type HistoryOptions } from '../input/history';
import type { InputItem } from '../input/input-item';
import type { ThreadItemConverter } from '../input/thread-item-converter';
import { wholeCalls } from '../input/whole-calls';
import type { RunEnding } from '../run/agent-state';
import { rememberRun, withoutRemembered } from './remembered-run';
import { inputAfter, keepResponse, lastStored, takeResponse } from './response-chain';

/** What a run takes over from earlier ones. */
export interface MemoryOptions {
  /**
   * What the model reads of earlier runs: the items of the thread (`thread`, the default), or their tool
   * calls with outputs and their reasoning too (`run`), which are kept in hidden items.
   */
  remember?: 'thread' | 'run' | undefined;
  /**
   * Whether a run goes on from the last response, which OpenAI keeps, and sends only what is new (default
   * `false`). Where that is not possible the thread is read.
   */
  previousResponseId?: boolean | undefined;
}

/** One way to ask the model. */
export interface Attempt {
  readonly input: readonly InputItem[];
  readonly previousResponseId?: string | undefined;
  /** The last item of the thread that the model knows then; told where responses are kept. */
  readonly until: string | undefined;
  /** Whether nothing else is to be tried. */
  readonly isLast: boolean;
}

/**
 * The ways to ask a model, the one that sends the least first: from its last response, with what was kept
 * of earlier runs, with the thread alone. Each is made when the one before was refused.
 */
export async function* attemptsOf(
  ctx: ChatContext,
  converter: ThreadItemConverter,
  options: MemoryOptions & { history?: HistoryOptions | undefined },
): AsyncGenerator<Attempt, void> {
  const response = options.previousResponseId === true ? await takeResponse(ctx) : undefined;
  const after = response && (await inputAfter(response, ctx, converter));
  if (after !== undefined) {
    yield { ...after, previousResponseId: response?.responseId, isLast: false };
  }
  const items = await loadHistory(ctx, options.history);
  const until = options.previousResponseId === true ? await lastStored(items, ctx) : undefined;
  const visible = withoutRemembered(items);
  if (options.remember === 'run' && visible.length < items.length) {
    yield { input: wholeCalls(await converter.toAgentInput(items, ctx)), until, isLast: false };
  }
  yield { input: wholeCalls(await converter.toAgentInput(visible, ctx)), until, isLast: true };
}

/** Keeps of a run what the next one is to know. */
export async function keep(
  ctx: ChatContext,
  { run, known, clientCall, usesResponses }: RunEnding,
  options: MemoryOptions,
): Promise<void> {
  if ((run.interruptions ?? []).length > 0) return; // it is not over
  if (options.remember === 'run') {
    await rememberRun(ctx, run, known.messages, new Set(clientCall === undefined ? [] : [clientCall]));
  }
  if (options.previousResponseId === true && usesResponses) await keepResponse(ctx, run, known, clientCall);
}

/** Whether an API says that it does not take what it was sent. */
export function isRefusal(error: unknown): boolean {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return status === 400 || status === 404;
}
