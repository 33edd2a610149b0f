import { inBatches } from './batches';
import type { ContextServices } from '../context';
import { ConflictError, NotFoundError } from '../errors';
import {
  settledWorkflow,
  writeItem,
  type SdkHiddenContextItem,
  type ThreadItem,
  type WorkflowItem,
} from '../protocol';
import {
  forgetPartialAnswer,
  loadPartialAnswer,
  maintenanceScope,
  type OpenRun,
  type Store,
  type StoreScope,
  timeText,
} from '../store';

/**
 * Stores in each thread whose run was cut off by the end of its process what had been shown of the answer, and notes that it is not
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
  { store, logger, now }: ContextServices,
): Promise<void> {
  const scope = maintenanceScope(run.owner);
  const note: SdkHiddenContextItem = {
    id: `shcx_${run.id}`, // told by the run's id, so that two processes that note it write one item
    thread_id: run.thread_id,
    created_at: timeText(now),
    type: 'sdk_hidden_context',
    content: 'The server stopped before the answer above was complete. Do not continue it unasked.',
  };
  for (const shown of await loadPartialAnswer(store, scope, run.id)) await saveNew(store, scope, shown);
  if (await saveNew(store, scope, note)) {
    logger.warn({ runId: run.id, threadId: run.thread_id }, 'a run was cut off by the end of its process');
  }
  await settleWorkflows(store, scope, run);
  await store.closeRun(scope, run.id);
  await forgetPartialAnswer(store, scope, run.id);
}

/** Of the workflows that the run has begun no task seems to go on. */
async function settleWorkflows(store: Store, scope: StoreScope, run: OpenRun): Promise<void> {
  const list = { limit: 20, order: 'desc', types: ['workflow'] } as const;
  try {
    for await (const item of inBatches(({ after }) =>
      store.listItems(scope, run.thread_id, { ...list, after }),
    )) {
      if (item.type !== 'workflow' || Date.parse(item.created_at) < Date.parse(run.started_at)) break;
      if (settledWorkflow(item) !== undefined) await settle(store, scope, item);
    }
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error; // the thread has been deleted meanwhile
  }
}

async function settle(store: Store, scope: StoreScope, { thread_id, id }: WorkflowItem): Promise<void> {
  const { item, version } = await store.loadItem(scope, thread_id, id);
  const settled = item.type === 'workflow' ? settledWorkflow(item) : undefined;
  if (settled === undefined) return;
  await save(store, scope, settled, version);
}

/** `false` when the item is there: the run, or another process, was faster; or when the thread has been deleted meanwhile. */
function saveNew(store: Store, scope: StoreScope, item: ThreadItem): Promise<boolean> {
  return save(store, scope, item, 0);
}

async function save(store: Store, scope: StoreScope, item: ThreadItem, ifVersion: number): Promise<boolean> {
  try {
    await store.saveItem(scope, item, writeItem(item), { ifVersion });
    return true;
  } catch (error) {
    if (error instanceof ConflictError || error instanceof NotFoundError) return false;
    throw error;
  }
}
