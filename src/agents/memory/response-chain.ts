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

/** The last response of a thread, which the API keeps with all that led to it. */
interface ResponseChain {
  readonly responseId: string;
  /** The last item of the thread that the model was given to read; none where the thread had none. */
  readonly until: string | undefined;
  /** Later items that it has made itself. */
  readonly made: readonly string[];
  /** The last item of the thread when it was noted: where it is gone, so may be others that the model knows. */
  readonly last: string;
  /** The response's tool calls, each of which wants an output next time. */
  readonly calls: readonly string[];
  /** Those that are there already. */
  readonly outputs: readonly FunctionResultInput[];
}

/** What the model does not know yet, and the last item of the thread in it. */
export interface NewInput {
  readonly input: readonly InputItem[];
  readonly until: string | undefined;
}

/** The API keeps responses for thirty days. */
const KEEP_MS = 30 * 24 * 60 * 60 * 1000;

const keyOf = ({ thread }: ChatContext): string => `agents.response.${thread.id}`;

/**
 * Notes a run's last response, for the next run to go on from. Not where one of its calls has no output
 * that will ever be known.
 *
 * @param clientCall a call whose output comes from the browser
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

/** Forgets the thread's last response, and returns it: the run that begins now is to keep its own. */
export async function takeResponse(ctx: ChatContext): Promise<ResponseChain | undefined> {
  const stored = await ctx.store.getValue(keyOf(ctx));
  if (stored === undefined) return undefined;
  await ctx.store.deleteValue(keyOf(ctx));
  const { value } = stored;
  return isRecord(value) && Array.isArray(value['made']) ? (value as unknown as ResponseChain) : undefined;
}

/** The last of these items that is in the thread: the message to be answered need not be. */
export async function lastStored(
  items: readonly ThreadItem[],
  ctx: ChatContext,
): Promise<string | undefined> {
  const last = items.at(-1)?.id;
  if (last === undefined || last !== ctx.message?.id) return last;
  return (await storedItem(ctx, last)) === undefined ? items.at(-2)?.id : last;
}

/**
 * What the model does not know yet: an output for each call of the response, and the items after those
 * that it knows. `undefined` where it cannot be gone on from: what it knows is gone, a call has no output,
 * or there is nothing new.
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
