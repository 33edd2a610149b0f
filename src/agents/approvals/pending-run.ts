import type { ChatContext } from '../../context';
import { isRecord } from '../../protocol';
import { changeValue, KEEP_MS } from '../kept/change-value';
import { storedItem } from '../input/stored-item';
import type { Known } from '../run/agent-state';
import { forgetWaiting, noteWaiting, waitingRuns } from './waiting-runs';

/** The user's decision about a tool call. */
export type Decision = 'accepted' | 'declined';

/** A tool call that waits for the user's decision. */
export interface PendingCall {
  readonly callId: string;
  readonly name: string;
  readonly input: unknown;
  /** The widget that asks. */
  readonly itemId: string;
  readonly decision?: Decision | undefined;
}

/** The stored form of a run that waits for its tool calls to be approved. */
export interface PendingRun {
  readonly id: string;
  readonly threadId: string;
  readonly agent: string;
  /** The state of the run, as the SDK serialises it, without its context. */
  readonly state: string;
  readonly calls: readonly PendingCall[];
  readonly known: Known;
  /** The id of the newest user message when the run began to wait: a newer message makes the run expire. */
  readonly answers: string | undefined;
  /** Whether a request has taken the run to resume it; no other request, in any process, may then do so. */
  readonly isTaken: boolean;
}

/** The result of a click. */
export type Outcome =
  /** The decision is stored. If it is the last one of the run, the caller must resume the run. */
  | {
      readonly type: 'decided';
      readonly run: PendingRun;
      readonly call: PendingCall;
      readonly isLast: boolean;
    }
  /** The user has sent a message since. The run is taken, so that no other click can decide it. */
  | { readonly type: 'expired'; readonly run: PendingRun }
  /** The call is already decided, or the run no longer waits. */
  | { readonly type: 'too late' };

const keyOf = (runId: string): string => `agents.approval.${runId}`;

/** The id of an approval: the run and the index of the call. */
export const approvalId = (runId: string, index: number): string => `${runId}.${String(index)}`;

export async function savePending(
  ctx: ChatContext,
  waiting: Omit<PendingRun, 'threadId' | 'answers' | 'isTaken'>,
): Promise<PendingRun> {
  const answers = await newestMessage(ctx);
  const threadId = ctx.thread.id;
  const run: PendingRun = { ...waiting, threadId, answers, isTaken: false };
  await ctx.store.putValue(keyOf(run.id), run, { expiresAt: Date.now() + KEEP_MS, threadId });
  await noteWaiting(ctx, run.id);
  return run;
}

export async function deletePending(ctx: ChatContext, runId: string): Promise<void> {
  await ctx.store.deleteValue(keyOf(runId));
  await forgetWaiting(ctx, [runId]);
}

/**
 * Stores a decision, if the version that was read is still current. So of several clicks at once, in any
 * processes, one decides, and the last decision of a run takes the run.
 */
export async function decide(ctx: ChatContext, approval: string, decision: Decision): Promise<Outcome> {
  const [, runId = '', place = ''] = /^(.*)\.(\d+)$/.exec(approval) ?? [];
  const newest = await newestMessage(ctx);
  const changed = (value: unknown) => {
    const run = asPending(value);
    const call = run?.calls[Number(place)];
    if (run === undefined || call === undefined) return undefined;
    if (run.threadId !== ctx.thread.id || run.isTaken || call.decision !== undefined) return undefined;
    const isExpired = run.answers !== newest;
    const decided = { ...call, decision };
    const calls = isExpired ? run.calls : run.calls.with(Number(place), decided);
    const isLast = calls.every((each) => each.decision !== undefined);
    const next: PendingRun = { ...run, calls, isTaken: isLast || isExpired };
    const result: Outcome = isExpired
      ? { type: 'expired', run: next }
      : { type: 'decided', run: next, call: decided, isLast };
    return { value: next, result };
  };
  const outcome = await changeValue(ctx, keyOf(runId), changed, { keepMs: KEEP_MS });
  return outcome ?? { type: 'too late' };
}

/**
 * Takes the runs that wait in a thread, so that no click can decide them, except those that began to wait in
 * this turn: a handler may run several agents.
 */
export async function expirePending(ctx: ChatContext): Promise<PendingRun[]> {
  const taken: string[] = [];
  const expired: PendingRun[] = [];
  for (const id of await waitingRuns(ctx)) {
    if (await isOfThisTurn(ctx, id)) continue;
    taken.push(id);
    const run = await takePending(ctx, id);
    if (run !== undefined) expired.push(run);
  }
  if (taken.length > 0) await forgetWaiting(ctx, taken);
  return expired;
}

/** A run of an earlier answer to the same message lost its widgets when the message was retried. */
async function isOfThisTurn(ctx: ChatContext, runId: string): Promise<boolean> {
  const run = asPending((await ctx.store.getValue(keyOf(runId)))?.value);
  const [call] = run?.calls ?? [];
  if (call === undefined || run?.answers !== ctx.message?.id) return false;
  return (await storedItem(ctx, call.itemId)) !== undefined;
}

async function takePending(ctx: ChatContext, runId: string): Promise<PendingRun | undefined> {
  const taken = await changeValue(ctx, keyOf(runId), (value) => {
    const run = asPending(value);
    return run === undefined || run.isTaken ? undefined : { value: { ...run, isTaken: true }, result: run };
  });
  if (taken !== undefined) await ctx.store.deleteValue(keyOf(runId));
  return taken;
}

async function newestMessage({ store, thread }: ChatContext): Promise<string | undefined> {
  const { data } = await store.listItems(thread.id, { limit: 1, order: 'desc', types: ['user_message'] });
  return data[0]?.id;
}

function asPending(value: unknown): PendingRun | undefined {
  return isRecord(value) && Array.isArray(value['calls']) ? (value as unknown as PendingRun) : undefined;
}
