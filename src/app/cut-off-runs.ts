import { inBatches } from './batches';
import type { ContextServices } from '../context';
import { ConflictError, NotFoundError } from '../errors';
import { writeItem, type SdkHiddenContextItem } from '../protocol';
import type { OpenRun, StoreScope } from '../store';

/**
 * Notes in each thread whose run was cut off by the end of its process that the answer is not
 * complete, so that the model does not go on with it unasked. Several processes may do it at once: one
 * of them writes the note.
 *
 * @param isAlive whether the app of this name still lives
 */
export async function noteCutOffRuns(
  services: ContextServices,
  isAlive: (instance: string) => Promise<boolean>,
): Promise<void> {
  const { admin } = services.store;
  if (admin === undefined) return;
  const alive = new Map<string, boolean>();
  for await (const run of inBatches((options) => admin.listOpenRuns(options))) {
    if (!alive.has(run.instance)) alive.set(run.instance, await isAlive(run.instance));
    if (alive.get(run.instance) !== true) await noteCutOff(run, services);
  }
}

async function noteCutOff(
  run: OpenRun & { owner: string },
  { store, logger }: ContextServices,
): Promise<void> {
  const scope: StoreScope = {
    owner: run.owner,
    requestContext: undefined,
    signal: AbortSignal.timeout(30_000),
  };
  const note: SdkHiddenContextItem = {
    id: `shcx_${run.id}`, // told by the run's id, so that two processes that note it write one item
    thread_id: run.thread_id,
    created_at: new Date().toISOString(),
    type: 'sdk_hidden_context',
    content: 'The server stopped before the answer above was complete. Do not continue it unasked.',
  };
  try {
    await store.saveItem(scope, note, writeItem(note), { ifVersion: 0 });
    logger.warn({ runId: run.id, threadId: run.thread_id }, 'a run was cut off by the end of its process');
  } catch (error) {
    // Another process was faster, or the thread has been deleted meanwhile.
    if (!(error instanceof ConflictError || error instanceof NotFoundError)) throw error;
  }
  await store.closeRun(scope, run.id);
}
