import type { ChatContext } from '../../context';
import { changeValue, KEEP_MS } from '../kept/change-value';

/*
 * The ids of a thread's runs that wait for approval. The list only says where to look; whether a run still
 * waits is in the run's own stored value. So a stale id, or one lost in a race, does no harm.
 */

const keyOf = ({ thread }: ChatContext): string => `agents.approvals-of.${thread.id}`;

/** The ids of the runs that wait, or waited until a moment ago. */
export async function waitingRuns(ctx: ChatContext): Promise<string[]> {
  return idsIn((await ctx.store.getValue(keyOf(ctx)))?.value);
}

export function noteWaiting(ctx: ChatContext, runId: string): Promise<void> {
  return change(ctx, (ids) => [...ids, runId]);
}

export function forgetWaiting(ctx: ChatContext, runIds: readonly string[]): Promise<void> {
  return change(ctx, (ids) => ids.filter((id) => !runIds.includes(id)));
}

async function change(ctx: ChatContext, to: (ids: string[]) => string[]): Promise<void> {
  const changed = (value: unknown) => {
    const before = idsIn(value);
    const after = to(before);
    return before.length === after.length ? undefined : { value: after, result: undefined };
  };
  await changeValue(ctx, keyOf(ctx), changed, { keepMs: KEEP_MS });
}

function idsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
}
