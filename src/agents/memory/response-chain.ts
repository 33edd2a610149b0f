import type { ChatContext } from '../../context';
import { isRecord, type ThreadItem } from '../../protocol';
import { loadNewer } from '../input/history';
import { storedItem } from '../input/stored-item';
import type { FunctionResultInput, InputItem } from '../input/input-item';
import type { ThreadItemConverter } from '../input/thread-item-converter';
import type { Known } from '../run/agent-state';
import type { StreamedRun } from '../sdk/run-event';
import { itemsOf, lastCallsOf, resultsOf } from './model-items';
import { withoutRemembered } from './remembered-run';

/** The last response of a thread. The API stores it with everything before it. */
interface ResponseChain {
  readonly responseId: string;
  /** The id of the last item that the model read; `undefined` if the thread had none. */
  readonly until: string | undefined;
  /** The ids of later items that the model itself created. */
  readonly made: readonly string[];
  /** The id of the last item when this was stored. If it is deleted, other known items may be, too. */
  readonly last: string;
  /** The ids of the response's tool calls; the next input must have an output for each. */
  readonly calls: readonly string[];
  /** The outputs that are already known. */
  readonly outputs: readonly FunctionResultInput[];
}

/** The input that the model does not know yet, and the id of its last item. */
export interface NewInput {
  readonly input: readonly InputItem[];
  readonly until: string | undefined;
}

/** The API stores responses for thirty days. In milliseconds. */
const KEEP_MS = 30 * 24 * 60 * 60 * 1000;

const keyOf = ({ thread }: ChatContext): string => `agents.response.${thread.id}`;

/**
 * Stores the id of a run's last response, so that the next run can continue from it. Stores nothing if one of
 * the response's calls will never have an output.
 *
 * @param clientCall the id of a call whose output comes from the browser
 */
export async function keepResponse(
  ctx: ChatContext,
  run: StreamedRun,
  { until, messages, others }: Known,
  clientCall: string | undefined,
): Promise<void> {
  const responseId = run.rawResponses?.at(-1)?.responseId;
  const last = (await ctx.store.listItems(ctx.thread.id, { limit: 1, order: 'desc' })).data[0];
  if (responseId === undefined || last === undefined) return;
  const calls = lastCallsOf(run);
  const local = calls.filter((callId) => callId !== clientCall);
  const outputs = resultsOf(itemsOf(run), local);
  if (outputs.length < local.length) return;
  const made = [...messages, ...others];
  const chain: ResponseChain = { responseId, until, made, last: last.id, calls, outputs };
  const options = { expiresAt: Date.now() + KEEP_MS, threadId: ctx.thread.id };
  await ctx.store.putValue(keyOf(ctx), chain, options);
}

/** Returns the thread's last response and deletes it: the run that begins now stores its own. */
export async function takeResponse(ctx: ChatContext): Promise<ResponseChain | undefined> {
  const stored = await ctx.store.getValue(keyOf(ctx));
  if (stored === undefined) return undefined;
  await ctx.store.deleteValue(keyOf(ctx));
  const { value } = stored;
  return isRecord(value) && Array.isArray(value['made']) ? (value as unknown as ResponseChain) : undefined;
}

/** The id of the last of these items that is stored: the message to answer may not be. */
export async function lastStored(
  items: readonly ThreadItem[],
  ctx: ChatContext,
): Promise<string | undefined> {
  const last = items.at(-1)?.id;
  if (last === undefined || last !== ctx.message?.id) return last;
  return (await storedItem(ctx, last)) === undefined ? items.at(-2)?.id : last;
}

/**
 * Returns the input that the model does not know yet: an output for each call of the response, and the items
 * after those that it knows. `undefined` if the run cannot continue from the response: items that the model
 * knows are deleted, a call has no output, or there is nothing new.
 */
export async function inputAfter(
  { until, made, last, calls, outputs }: ResponseChain,
  ctx: ChatContext,
  converter: ThreadItemConverter,
): Promise<NewInput | undefined> {
  for (const id of new Set([last, until ?? last])) {
    if ((await storedItem(ctx, id)) === undefined) return undefined;
  }
  const later = await loadNewer(ctx, until);
  const newer = withoutRemembered(later).filter(({ id }) => !made.includes(id));
  const input = (await converter.toAgentInput(newer, ctx)).filter(
    (item) => !(item.type === 'function_call' && calls.includes(item.callId)),
  );
  const all = [...outputs, ...input];
  const answered = new Set(all.flatMap((item) => (item.type === 'function_call_result' ? item.callId : [])));
  if (all.length === 0 || !calls.every((callId) => answered.has(callId))) return undefined;
  return { input: all, until: (await lastStored(later, ctx)) ?? until };
}
