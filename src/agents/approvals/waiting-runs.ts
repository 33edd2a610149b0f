import type { ChatContext } from '../../context';

/*
 * Which runs of a thread wait for approval. The list only says where to look: whether a run still waits is
 * told by its own value alone, so that an id too many, or one that a race has lost, does no harm.
 */

/** How long a run waits. */
export const KEEP_MS = 30 * 24 * 60 * 60 * 1000;
const ATTEMPTS = 5;

const keyOf = ({ thread }: ChatContext): string => `agents.approvals-of.${thread.id}`;

/** The ids of the runs that wait, or did a moment ago. */
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
  const { store } = ctx;
  const key = keyOf(ctx);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const stored = await store.getValue(key);
    const before = idsIn(stored?.value);
    const after = to(before);
    if (before.length === after.length) return;
    const options = { ifVersion: stored?.version ?? 0, expiresAt: Date.now() + KEEP_MS };
    if ((await store.putValue(key, after, options)) !== undefined) return;
  }
}

function idsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
}
