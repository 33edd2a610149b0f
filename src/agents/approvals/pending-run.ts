import type { ChatContext } from '../../context';
import { isRecord } from '../../protocol';
import { forgetWaiting, KEEP_MS, noteWaiting, waitingRuns } from './waiting-runs';

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
  /** The ids of the assistant's messages that the run has said so far. */
  readonly messages: readonly string[];
  /** The newest message of the user when it began to wait: a newer one makes it expire. */
  readonly answers: string | undefined;
  /** Whether it has been taken to go on: nobody else may, also in another process. */
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

const ATTEMPTS = 5;

const keyOf = (runId: string): string => `agents.approval.${runId}`;

/** An approval is one of the calls of a pending run. */
export const approvalId = (runId: string, index: number): string => `${runId}.${String(index)}`;

export async function savePending(
  ctx: ChatContext,
  waiting: Omit<PendingRun, 'threadId' | 'answers' | 'isTaken'>,
): Promise<PendingRun> {
  const answers = await newestMessage(ctx);
  const run: PendingRun = { ...waiting, threadId: ctx.thread.id, answers, isTaken: false };
  await ctx.store.putValue(keyOf(run.id), run, { expiresAt: Date.now() + KEEP_MS });
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
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const stored = await ctx.store.getValue(keyOf(runId));
    const run = asPending(stored?.value);
    const call = run?.calls[Number(place)];
    if (stored === undefined || run === undefined || call === undefined) return { type: 'too late' };
    if (run.threadId !== ctx.thread.id || run.isTaken || call.decision !== undefined)
      return { type: 'too late' };
    const isExpired = run.answers !== newest;
    const decided = { ...call, decision };
    const calls = isExpired ? run.calls : run.calls.with(Number(place), decided);
    const isLast = calls.every((each) => each.decision !== undefined);
    const changed = { ...run, calls, isTaken: isLast || isExpired };
    const options = { ifVersion: stored.version, expiresAt: Date.now() + KEEP_MS };
    if ((await ctx.store.putValue(keyOf(runId), changed, options)) === undefined) continue;
    return isExpired
      ? { type: 'expired', run: changed }
      : { type: 'decided', run: changed, call: decided, isLast };
  }
  return { type: 'too late' };
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

async function takePending({ store }: ChatContext, runId: string): Promise<PendingRun | undefined> {
  const key = keyOf(runId);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const stored = await store.getValue(key);
    const run = asPending(stored?.value);
    if (stored === undefined || run === undefined || run.isTaken) return undefined;
    const taken = await store.putValue(key, { ...run, isTaken: true }, { ifVersion: stored.version });
    if (taken === undefined) continue; // a click was faster, perhaps on another call of it
    await store.deleteValue(key);
    return run;
  }
  return undefined;
}

async function newestMessage({ store, thread }: ChatContext): Promise<string | undefined> {
  const { data } = await store.listItems(thread.id, { limit: 1, order: 'desc', types: ['user_message'] });
  return data[0]?.id;
}

function asPending(value: unknown): PendingRun | undefined {
  return isRecord(value) && Array.isArray(value['calls']) ? (value as unknown as PendingRun) : undefined;
}
