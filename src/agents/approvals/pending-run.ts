import type { ChatContext } from '../../context';
import { isRecord } from '../../protocol';
import { changeValue, KEEP_MS } from '../kept/change-value';
import type { Known } from '../run/agent-state';
import { forgetWaiting, noteWaiting, waitingRuns } from './waiting-runs';

/** What the user says to a tool call. */
export type Decision = 'accepted' | 'declined';

/** A tool call that waits for the user. */
export interface PendingCall {
  readonly callId: string;
  readonly name: string;
  readonly input: unknown;
  /** The widget that asks. */
  readonly itemId: string;
  readonly decision?: Decision | undefined;
}

/** A run that waits for its tool calls to be approved, in the store. */
export interface PendingRun {
  readonly id: string;
  readonly threadId: string;
  readonly agent: string;
  /** The state of the run, as the SDK writes it, without its context. */
  readonly state: string;
  readonly calls: readonly PendingCall[];
  readonly known: Known;
  /** The newest message of the user when it began to wait: a newer one makes it expire. */
  readonly answers: string | undefined;
  /** Whether it has been taken to go on: no other request may, also in another process. */
  readonly isTaken: boolean;
}

/** What became of a click. */
export type Outcome =
  /** It counts; where it was the last one that the run waited for, the run is the caller's to go on with. */
  | {
      readonly type: 'decided';
      readonly run: PendingRun;
      readonly call: PendingCall;
      readonly isLast: boolean;
    }
  /** The user has said something else since; the run is taken, so that no other click can decide it. */
  | { readonly type: 'expired'; readonly run: PendingRun }
  /** The call is decided, or the run waits no more. */
  | { readonly type: 'too late' };

const keyOf = (runId: string): string => `agents.approval.${runId}`;

/** An approval is one of the calls of a pending run. */
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
 * Notes a decision. It is one change of the store, by the version that was read: of several clicks at once,
 * in whatever processes, one decides, and the last decision of a run takes the run.
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

/** Takes the runs that wait in a thread, so that no click can decide them any more. */
export async function expirePending(ctx: ChatContext): Promise<PendingRun[]> {
  const ids = await waitingRuns(ctx);
  const expired: PendingRun[] = [];
  for (const id of ids) {
    const run = await takePending(ctx, id);
    if (run !== undefined) expired.push(run);
  }
  if (ids.length > 0) await forgetWaiting(ctx, ids);
  return expired;
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
