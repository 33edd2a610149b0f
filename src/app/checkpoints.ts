import type { ContextServices } from '../context';
import type { ActiveRuns } from '../operations';

/** How often it is kept what runs have shown, in milliseconds: so much of an answer a crash may take at most. */
export const CHECKPOINT_MS = 1000;

/** Keeps what the runs of this process have shown, so that other processes find it when this one is killed. */
export class Checkpoints {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly runs: ActiveRuns,
    private readonly services: ContextServices,
  ) {}

  /** May be called again. Does nothing where nothing outlives the process. */
  start(): void {
    if (this.services.store.isVolatile === true) return;
    this.timer ??= setInterval(() => this.keep(), CHECKPOINT_MS).unref();
  }

  end(): void {
    clearInterval(this.timer);
  }

  private keep(): void {
    for (const run of this.runs.all()) {
      run.checkpoint().catch((error: unknown) => {
        this.services.logger.debug({ err: error }, 'what a run has shown was not kept: it is tried again');
      });
    }
  }
}
