import type { ChatContext } from '../../context';
import { isRecord } from '../../protocol';

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
  /** The call is decided, or the run waits no more. */
  | { readonly type: 'too late' };

/** How long a run waits. */
const KEEP_MS = 30 * 24 * 60 * 60 * 1000;
const ATTEMPTS = 5;

const keyOf = (runId: string): string => `agents.approval.${runId}`;
const pointerOf = ({ thread }: ChatContext): string => `agents.approvals-of.${thread.id}`;

/** An approval is one of the calls of a pending run. */
export const approvalId = (runId: string, index: number): string => `${runId}.${String(index)}`;

export async function savePending(ctx: ChatContext, run: PendingRun): Promise<void> {
  const expiresAt = Date.now() + KEEP_MS;
  await ctx.store.putValue(keyOf(run.id), run, { expiresAt });
  await ctx.store.putValue(pointerOf(ctx), run.id, { expiresAt });
}

export async function deletePending(ctx: ChatContext, runId: string): Promise<void> {
  await ctx.store.deleteValue(keyOf(runId));
  await ctx.store.deleteValue(pointerOf(ctx));
}

/**
 * Notes a decision. It is one change of the store, by the version that was read: of several clicks at once,
 * in whatever processes, one decides, and the last decision of a run takes the run.
 */
export async function decide(ctx: ChatContext, approval: string, decision: Decision): Promise<Outcome> {
  const [, runId = '', place = ''] = /^(.*)\.(\d+)$/.exec(approval) ?? [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const stored = await ctx.store.getValue(keyOf(runId));
    const run = asPending(stored?.value);
    const call = run?.calls[Number(place)];
    if (stored === undefined || run === undefined || call === undefined) return { type: 'too late' };
    if (run.threadId !== ctx.thread.id || run.isTaken || call.decision !== undefined)
      return { type: 'too late' };
    const decided = { ...call, decision };
    const calls = run.calls.with(Number(place), decided);
    const isLast = calls.every((each) => each.decision !== undefined);
    const changed = { ...run, calls, isTaken: isLast };
    const options = { ifVersion: stored.version, expiresAt: Date.now() + KEEP_MS };
    if ((await ctx.store.putValue(keyOf(runId), changed, options)) === undefined) continue;
    return { type: 'decided', run: changed, call: decided, isLast };
  }
  return { type: 'too late' };
}

/** Takes the run that waits in a thread, so that no click can decide it any more. */
export async function expirePending(ctx: ChatContext): Promise<PendingRun | undefined> {
  const pointer = await ctx.store.getValue(pointerOf(ctx));
  if (typeof pointer?.value !== 'string') return undefined;
  await ctx.store.deleteValue(pointerOf(ctx));
  const stored = await ctx.store.getValue(keyOf(pointer.value));
  const run = asPending(stored?.value);
  if (stored === undefined || run === undefined || run.isTaken) return undefined;
  const taken = await ctx.store.putValue(
    keyOf(run.id),
    { ...run, isTaken: true },
    { ifVersion: stored.version },
  );
  if (taken === undefined) return undefined; // a click was faster
  await ctx.store.deleteValue(keyOf(run.id));
  return run;
}

function asPending(value: unknown): PendingRun | undefined {
  return isRecord(value) && Array.isArray(value['calls']) ? (value as unknown as PendingRun) : undefined;
}
