import type { ContextServices } from '../context';
import { ConflictError, NotFoundError } from '../errors';
import { noteForModel, noteIdOf, type LeftRun, type LeftRuns } from '../pipeline';
import { settledWorkflow, writeItem, type ThreadItem, type WorkflowItem } from '../protocol';
import {
  inBatches,
  forgetPartialAnswer,
  loadPartialAnswer,
  maintenanceScope,
  type OpenRun,
  type Store,
  type StoreScope,
} from '../store';

const STOPPED = 'The server stopped before the answer above was complete. Do not continue it unasked.';

/** Tells which runs that have a record in the store are no longer running. */
export interface RunsToFinish {
  /** The id of this app in records of open runs. */
  readonly instance: string;
  /** Whether another app is still alive. */
  isAlive(instance: string): Promise<boolean>;
  /** Runs of this app that have ended, but whose record is still in the store. */
  readonly left: LeftRuns;
}

/**
 * Finishes runs that were cut off, because their process ended or the store failed. In each of their threads
 * it stores the part of the answer that was shown, and a note that the answer is not complete, so that the
 * model does not continue it unasked. Several processes may do it at once: one of them writes the note.
 */
export async function noteCutOffRuns(services: ContextServices, runs: RunsToFinish): Promise<void> {
  const { admin } = services.store;
  if (admin === undefined) return;
  const { instance, left } = runs;
  const before = left.ids;
  const alive = new Map<string, boolean>();
  const over: { run: OwnedRun; found: LeftRun | 'closing' | undefined }[] = [];
  const live: OwnedRun[] = [];
  const goesOn = async (found: string): Promise<boolean> => {
    const known = alive.get(found) ?? (await runs.isAlive(found));
    alive.set(found, known);
    return known;
  };
  for await (const run of inBatches((options) => admin.listOpenRuns(options))) {
    const isOwn = run.instance === instance;
    const found = isOwn ? left.get(run.id) : undefined;
    if (isOwn ? found === undefined : await goesOn(run.instance)) live.push(run);
    else over.push({ run, found });
  }
  for (const { run, found } of over) await finish(run, services, live, found);
  // Runs that are not in the list have been closed meanwhile, or were never opened.
  for (const id of before) left.delete(id);
}

type OwnedRun = OpenRun & { owner: string };

/** @param left what this process knows of the run; otherwise the store has what was shown */
async function finish(
  run: OwnedRun,
  { store, logger, now }: ContextServices,
  live: readonly OwnedRun[],
  left?: LeftRun | 'closing',
): Promise<void> {
  const scope = maintenanceScope(run.owner);
  if (left !== 'closing') {
    const { shown, note } = left ?? { shown: await loadPartialAnswer(store, scope, run.id), note: STOPPED };
    const items = [...shown, noteForModel(noteIdOf(run.id), run.thread_id, note, now)];
    const isNoted = await saveNewOnes(store, scope, items);
    if (isNoted) {
      logger.warn(
        { runId: run.id, threadId: run.thread_id },
        left === undefined
          ? 'a run was cut off by the end of its process'
          : 'a run was cut off while the store failed',
      );
    }
    await settleWorkflows(store, scope, run, laterStart(run, live));
  }
  // The record goes last: if this fails earlier, the run is found again by its record.
  await forgetPartialAnswer(store, scope, run.id);
  await store.closeRun(scope, run.id);
}

/**
 * Saves items at once if the store commits the writes of one turn together, so that no other item gets
 * between them; otherwise one after the other.
 *
 * @returns whether the last item was stored
 */
async function saveNewOnes(store: Store, scope: StoreScope, items: readonly ThreadItem[]): Promise<boolean> {
  if (store.writesInOrder === true) {
    const saved = await Promise.all(items.map((item) => saveNew(store, scope, item)));
    return saved.at(-1) === true;
  }
  let isSaved = false;
  for (const item of items) isSaved = await saveNew(store, scope, item);
  return isSaved;
}

/**
 * When the next run of the same thread started, if it still goes on: workflows from then on are its own.
 *
 * @returns milliseconds since the epoch; Infinity if there is none
 */
function laterStart({ thread_id, started_at }: OpenRun, live: readonly OpenRun[]): number {
  const starts = live.filter((run) => run.thread_id === thread_id).map((run) => Date.parse(run.started_at));
  return Math.min(...starts.filter((start) => start > Date.parse(started_at)), Infinity);
}

/** Sets the loading tasks of all workflows that were created from the start of the run until `end` to `none`. */
async function settleWorkflows(store: Store, scope: StoreScope, run: OpenRun, end: number): Promise<void> {
  const list = { limit: 20, order: 'desc', types: ['workflow'] } as const;
  try {
    for await (const item of inBatches(({ after }) =>
      store.listItems(scope, run.thread_id, { ...list, after }),
    )) {
      const created = Date.parse(item.created_at);
      if (item.type !== 'workflow' || created < Date.parse(run.started_at)) break;
      if (created < end && settledWorkflow(item) !== undefined) await settle(store, scope, item);
    }
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error; // otherwise the thread was deleted meanwhile
  }
}

async function settle(store: Store, scope: StoreScope, { thread_id, id }: WorkflowItem): Promise<void> {
  const { item, version } = await store.loadItem(scope, thread_id, id);
  const settled = item.type === 'workflow' ? settledWorkflow(item) : undefined;
  if (settled === undefined) return;
  await save(store, scope, settled, version);
}

/** Returns `false` if the run or another process stored the item first, or if the thread was deleted. */
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
