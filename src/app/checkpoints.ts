import type { ContextServices } from '../context';
import type { ActiveRuns } from '../operations';

/** Time between two saves, in milliseconds: a crash loses at most this much of an answer. */
export const CHECKPOINT_MS = 1000;

/** Saves the text that this process's runs have shown, so that another process finds it after a crash. */
export class Checkpoints {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly runs: ActiveRuns,
    private readonly services: ContextServices,
  ) {}

  /** May be called again. Does nothing if the store does not outlive the process. */
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
        this.services.logger.debug(
          { err: error },
          'the shown items of a run could not be saved: the app tries again',
        );
      });
    }
  }
}
