import { isRecord } from '../../protocol';
import type { ChatContext } from '../../context';
import type { AgentLike, ResumedState } from '../sdk/agent';
import { sdkOf } from '../sdk/load-sdk';
import type { StreamedRun } from '../sdk/run-event';
import type { PendingRun } from './pending-run';

/**
 * The state of a run without its context, which may hold secrets, or be of a class that the SDK refuses to
 * write. Runs of agents that are tools of this one are in it, as text, each with its context.
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
 * The state as the installed SDK reads it, with what the user has decided; `undefined` where it refuses it.
 *
 * @param context the run's own, in place of the one that was not stored
 */
export async function readState(
  agent: AgentLike,
  pending: PendingRun,
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
  // By their places: calls of agents that are tools may share an id.
  for (const [index, interruption] of state.getInterruptions().entries()) {
    const { rawItem } = interruption;
    const call = pending.calls[index];
    const isOfCall = isRecord(rawItem) && rawItem['callId'] === call?.callId;
    if (isOfCall && call?.decision === 'accepted') state.approve(interruption);
    else state.reject(interruption, { message: 'The user has declined this call.' });
  }
  return state;
}
