import { isRecord } from '../../protocol';
import type { ChatContext } from '../../context';
import type { AgentLike, ResumedState } from '../sdk/agent';
import { sdkOf } from '../sdk/load-sdk';
import type { StreamedRun } from '../sdk/run-event';
import { interruptedCall } from './interrupted-call';
import type { PendingCall } from './pending-run';

/** A run that waited: its state, and the user's decisions about its calls. */
export interface InterruptedRun {
  readonly state: string;
  readonly calls: readonly Pick<PendingCall, 'callId' | 'decision'>[];
}

/** The ids of the calls that the user has declined. */
export function declinedIn({ calls }: InterruptedRun): ReadonlySet<string> {
  return new Set(calls.filter(({ decision }) => decision !== 'accepted').map(({ callId }) => callId));
}

/**
 * Serialises the state of a run without its context, which may contain secrets, or be of a class that the
 * SDK refuses to serialise. The state contains the runs of agents that are tools as JSON text, each with its
 * own context, which is removed too.
 */
export function writeState({ state, runContext }: StreamedRun): string {
  if (runContext === undefined) return state?.toString() ?? '';
  const { context } = runContext;
  runContext.context = {};
  try {
    return withoutContexts(state?.toString() ?? '');
  } finally {
    runContext.context = context;
  }
}

function withoutContexts(text: string): string {
  const state: unknown = JSON.parse(text);
  if (!isRecord(state)) return text;
  const { context, pendingAgentToolRuns: nested } = state;
  if (isRecord(context)) context['context'] = {};
  if (isRecord(nested)) {
    for (const [key, run] of Object.entries(nested)) {
      if (typeof run === 'string') nested[key] = withoutContexts(run);
    }
  }
  return JSON.stringify(state);
}

/**
 * Restores the state of a run, with the user's decisions; `undefined` if the installed SDK cannot read it.
 *
 * @param context the context of the resumed run; that of the first run was not stored
 */
export async function readState(
  agent: AgentLike,
  pending: InterruptedRun,
  context: object,
  ctx: ChatContext,
): Promise<ResumedState | undefined> {
  const { RunContext, RunState } = await sdkOf(agent);
  let state: ResumedState;
  try {
    const options = { contextStrategy: 'replace' } as const;
    state = await RunState.fromStringWithContext(agent, pending.state, new RunContext(context), options);
  } catch (error) {
    ctx.log.warn({ err: error }, 'a run that waited for approval cannot be read by this release of the SDK');
    return undefined;
  }
  // By index: calls of agents that are tools may share an id.
  for (const [index, interruption] of state.getInterruptions().entries()) {
    const call = pending.calls[index];
    const isAccepted = call?.callId === interruptedCall(interruption).callId && call.decision === 'accepted';
    if (isAccepted) state.approve(interruption);
    else state.reject(interruption, { message: 'The user has declined this call.' });
  }
  return state;
}
