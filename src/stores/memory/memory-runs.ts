import { type Page } from '../../protocol';
import { type BatchOptions, type OpenRun } from '../../store';
import { batchOf, behind } from '../batch';
import { idTaken } from '../store-errors';

/** The open-run records of a {@link MemoryStore}. A map keeps them in the order in which they were opened. */
export class MemoryRuns {
  readonly #byId = new Map<string, { seq: number; run: OpenRun & { owner: string } }>();
  #seq = 0;

  open(owner: string, { id, thread_id, instance, started_at }: OpenRun): void {
    if (this.#byId.has(id)) throw idTaken('Run', id);
    this.#byId.set(id, { seq: (this.#seq += 1), run: { id, thread_id, instance, started_at, owner } });
  }

  close(owner: string, runId: string): void {
    if (this.#byId.get(runId)?.run.owner === owner) this.#byId.delete(runId);
  }

  list(options: BatchOptions): Page<OpenRun & { owner: string }> {
    const found = behind(this.#byId.values(), options);
    return batchOf(
      found,
      options.limit,
      ({ seq }) => String(seq),
      ({ run }) => ({ ...run }),
    );
  }

  deleteAll(threadId: string): void {
    for (const { run } of this.#byId.values()) {
      if (run.thread_id === threadId) this.#byId.delete(run.id);
    }
  }

  clear(): void {
    this.#byId.clear();
  }
}
