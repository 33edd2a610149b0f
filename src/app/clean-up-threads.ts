import type { ContextServices } from '../context';
import { NotFoundError } from '../errors';
import { removeThread, whileIdle, type Environment } from '../operations';
import type { ThreadMetadata } from '../protocol';
import { inBatches, maintenanceScope, type StoreScope } from '../store';

/** Which threads to delete. */
export interface ThreadAges {
  /** Threads that were created longer ago, in milliseconds. */
  olderThanMs?: number;
  /** Threads to which no item was added for longer, in milliseconds. */
  idleForMs?: number;
}

/**
 * Deletes old and idle threads, with the attachments that were sent in them. Skips threads that have a run.
 *
 * @returns how many were deleted
 * @throws TypeError if `ages` is empty or negative
 */
export async function cleanUpThreads(
  env: Environment,
  services: ContextServices,
  ages: ThreadAges,
): Promise<number> {
  const { admin } = services.store;
  const limits = limitsOf(ages, (services.now ?? Date.now)());
  if (admin === undefined) return 0;
  let deleted = 0;
  for await (const thread of inBatches((options) => admin.listThreads({ ...options, order: 'asc' }))) {
    // Saves reading the items: none of them is older than its thread.
    if (!(Date.parse(thread.created_at) < Math.max(limits.madeBefore, limits.idleSince))) continue;
    const scope = maintenanceScope(thread.owner);
    try {
      if (await removeIfOld(env, services, scope, thread, limits)) deleted += 1;
    } catch (error) {
      if (error instanceof NotFoundError) continue; // another process or the user has deleted it
      services.logger.warn({ err: error, threadId: thread.id }, 'a thread could not be cleaned up');
    }
  }
  if (deleted > 0) services.logger.info({ deleted }, 'threads that were old or idle were deleted');
  return deleted;
}

/** In milliseconds since the epoch. */
interface Limits {
  readonly madeBefore: number;
  readonly idleSince: number;
}

function limitsOf({ olderThanMs, idleForMs }: ThreadAges, now: number): Limits {
  for (const [name, value] of Object.entries({ olderThanMs, idleForMs })) {
    if (value === undefined || value >= 0) continue;
    throw new TypeError(`cleanUpThreads: \`${name}\` is ${String(value)}. Give milliseconds, from 0 on.`);
  }
  if (olderThanMs === undefined && idleForMs === undefined) {
    throw new TypeError('cleanUpThreads: give `olderThanMs`, `idleForMs` or both.');
  }
  return { madeBefore: now - (olderThanMs ?? Infinity), idleSince: now - (idleForMs ?? Infinity) };
}

async function removeIfOld(
  env: Environment,
  services: ContextServices,
  scope: StoreScope,
  thread: ThreadMetadata,
  { madeBefore, idleSince }: Limits,
): Promise<boolean> {
  const removed = await whileIdle(env, scope, thread.id, async () => {
    const isOld = Date.parse(thread.created_at) < madeBefore;
    if (!isOld && !((await lastAdded(services, scope, thread)) < idleSince)) return false;
    await removeThread(env, scope, thread.id);
    return true;
  });
  return removed === true;
}

/** When the last item was added, hidden ones included; if there is none, when the thread was created. */
async function lastAdded(
  { store }: ContextServices,
  scope: StoreScope,
  { id, created_at }: ThreadMetadata,
): Promise<number> {
  const { data } = await store.listItems(scope, id, { limit: 1, order: 'desc' });
  return Date.parse(data[0]?.created_at ?? created_at);
}
