import type { ChatContext } from '../../context';
import { ResponseNotContinued } from '../convert/response-not-continued';
import { loadHistory, type HistoryOptions } from '../input/history';
import type { InputItem } from '../input/input-item';
import type { ThreadItemConverter } from '../input/thread-item-converter';
import { wholeCalls } from '../input/whole-calls';
import type { RunEnding } from '../run/agent-state';
import { classNames } from '../sdk/class-names';
import { rememberRun, withoutRemembered } from './remembered-run';
import { inputAfter, keepResponse, lastStored, takeResponse } from './response-chain';

/** What a run knows of earlier runs. */
export interface MemoryOptions {
  /**
   * What the model reads of earlier runs: the items of the thread (`thread`, the default), or also their tool
   * calls with outputs and their reasoning (`run`), which are stored in hidden items.
   */
  remember?: 'thread' | 'run' | undefined;
  /**
   * Whether a run continues from the last response, which OpenAI stores, and sends only new items (default
   * `false`). If that is not possible, the run reads the thread.
   */
  previousResponseId?: boolean | undefined;
}

/** One attempt to call the model. */
export interface Attempt {
  readonly input: readonly InputItem[];
  readonly previousResponseId?: string | undefined;
  /** The id of the last item that the model then knows; only set with the option `previousResponseId`. */
  readonly until: string | undefined;
  /** Whether there is no further attempt after this one. */
  readonly isLast: boolean;
}

/**
 * Yields the attempts to call a model, the one with the least input first: from its last response, with the
 * remembered runs, with the thread alone. Each is prepared only when the one before was refused.
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

/** Stores what the next run needs of this one. */
export async function keep(
  ctx: ChatContext,
  { run, known, clientCall, usesResponses }: RunEnding,
  options: MemoryOptions,
): Promise<void> {
  if ((run.interruptions ?? []).length > 0) return; // the run waits for approval, and is not over
  if (options.remember === 'run') {
    await rememberRun(ctx, run, known.messages, new Set(clientCall === undefined ? [] : [clientCall]));
  }
  if (options.previousResponseId === true && usesResponses) await keepResponse(ctx, run, known, clientCall);
}

/** The statuses by which servers refuse input; OpenAI uses the first two. */
const REFUSALS: readonly unknown[] = [400, 404, 422];

/**
 * Whether an error says that the model cannot read its input: the API refused it, the SDK could not convert it
 * for this API, or the API does not continue from responses.
 */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('status' in error && REFUSALS.includes(error.status)) return true;
  return error instanceof ResponseNotContinued || classNames(error).includes('UserError');
}
