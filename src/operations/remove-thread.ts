import { NotFoundError } from '../errors';
import { threadKey, type Awaitable, type StoreScope } from '../store';
import type { Environment } from './environment';
import { deleteFilesOf } from './thread-files';

/**
 * Deletes a thread, with the attachments that were last sent in it. Its runs are stopped in this process,
 * and in the others if the store notifies them.
 *
 * @throws NotFoundError
 */
export async function removeThread(env: Environment, scope: StoreScope, threadId: string): Promise<void> {
  const { store, runs } = env;
  const key = threadKey(scope.owner, threadId);
  const reason = threadDeleted();
  await runs.discard(key, reason);
  // Before the thread is deleted, so that the deletion can be repeated after a failure.
  await deleteFilesOf(env, scope, threadId);
  await store.deleteThread(scope, threadId);
  await runs.discard(key, reason); // a request that was waiting may have started a run in the meantime
}

/**
 * Does work while a thread has no run, and keeps new runs waiting. If the thread has a run, it does
 * nothing and returns `undefined`. With `concurrency: 'parallel'` a run may start during the work.
 */
export async function whileIdle<T>(
  { lock, threads, runs }: Environment,
  scope: StoreScope,
  threadId: string,
  work: () => Awaitable<T>,
): Promise<T | undefined> {
  const key = threadKey(scope.owner, threadId);
  if (runs.has(key)) return undefined;
  if (threads.concurrency === 'parallel') return work();
  const release = await lock.acquire(key, { waitMs: 0 });
  if (release === null) return undefined;
  try {
    return await work();
  } finally {
    release();
  }
}

/** The reason with which the runs of a deleted thread are cancelled. */
export function threadDeleted(): NotFoundError {
  return new NotFoundError('The thread was deleted.');
}
