import { NotFoundError } from '../errors';
import type { Awaitable, StoreScope } from '../store';
import { threadKey } from './active-runs';
import type { Environment } from './environment';
import { deleteFilesOf } from './thread-files';

/**
 * Deletes a thread, with the attachments that were last sent in it. Its runs are stopped, in this process
 * and, where the store tells of it, in all.
 *
 * @throws NotFoundError
 */
export async function removeThread(env: Environment, scope: StoreScope, threadId: string): Promise<void> {
  const { store, runs } = env;
  const key = threadKey(scope.owner, threadId);
  const reason = threadDeleted();
  await runs.discard(key, reason);
  // While the thread is there: what fails can be done again.
  await deleteFilesOf(env, scope, threadId);
  await store.deleteThread(scope, threadId);
  await runs.discard(key, reason); // one that had waited for its turn may have begun meanwhile
}

/**
 * Does work while a thread has no run and none begins; `undefined`, and nothing done, where it has one.
 * With `concurrency: 'parallel'` runs do not wait: the work may meet one.
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

/** What runs of a thread are cancelled with that is deleted. */
export function threadDeleted(): NotFoundError {
  return new NotFoundError('The thread was deleted.');
}
