import { type OpenRun } from '../../store';
import { idTaken } from '../store-errors';

/** The open-run records of a {@link MemoryStore}. A map keeps them in the order of their opening. */
export class MemoryRuns {
  readonly #byId = new Map<string, OpenRun & { owner: string }>();

  open(owner: string, { id, thread_id, instance, started_at }: OpenRun): void {
    if (this.#byId.has(id)) throw idTaken('Run', id);
    this.#byId.set(id, { id, thread_id, instance, started_at, owner });
  }

  close(owner: string, runId: string): void {
    if (this.#byId.get(runId)?.owner === owner) this.#byId.delete(runId);
  }

  list(): (OpenRun & { owner: string })[] {
    return Array.from(this.#byId.values(), (run) => ({ ...run }));
  }

  deleteAll(threadId: string): void {
    for (const run of this.#byId.values()) {
      if (run.thread_id === threadId) this.#byId.delete(run.id);
    }
  }

  clear(): void {
    this.#byId.clear();
  }
}
