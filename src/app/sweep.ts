import { hostname } from 'node:os';
import { writeItem, type SdkHiddenContextItem } from '../protocol';
import type { ContextServices } from '../context';
import type { OpenRun, StoreScope } from '../store';

const HOST = hostname();

/** This process and this start of it, as open-run records name it. */
export const INSTANCE = `${HOST}/${String(process.pid)}/${String(Math.round(performance.timeOrigin))}`;

/**
 * Notes in each thread whose run was cut off by the end of its process that the answer is not
 * complete, so that the model does not go on with it unasked.
 *
 * @param maxRunTime in milliseconds; older records belong to no living run, on whichever machine
 */
export async function sweepOpenRuns(
  { store, logger, generateId }: ContextServices,
  maxRunTime: number,
): Promise<void> {
  const runs = (await store.admin?.listOpenRuns()) ?? [];
  for (const run of runs) {
    if (!isDead(run, maxRunTime)) continue;
    const scope: StoreScope = {
      owner: run.owner,
      requestContext: undefined,
      signal: AbortSignal.timeout(30_000),
    };
    const note: SdkHiddenContextItem = {
      id: generateId('sdk_hidden_context'),
      thread_id: run.thread_id,
      created_at: new Date().toISOString(),
      type: 'sdk_hidden_context',
      content: 'The server stopped before the answer above was complete. Do not continue it unasked.',
    };
    await store.saveItem(scope, note, writeItem(note));
    await store.closeRun(scope, run.id);
    logger.warn({ runId: run.id, threadId: run.thread_id }, 'a run was cut off by the end of its process');
  }
}

function isDead(run: OpenRun, maxRunTime: number): boolean {
  if (run.instance === INSTANCE) return false;
  if (Date.now() - Date.parse(run.started_at) > maxRunTime) return true;
  const [host, pid] = run.instance.split('/');
  if (host !== HOST) return false;
  if (Number(pid) === process.pid) return true; // an earlier process of this number
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
