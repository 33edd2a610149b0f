import type { ContextServices } from '../context';

/** Time between two cleanups, in milliseconds. */
export const CLEAN_UP_VALUES_MS = 3_600_000;

/** Deletes values that have expired: records of rate limits and of single-use actions, for example. */
export class ExpiredValues {
  private timer: NodeJS.Timeout | undefined;
  private ended = false;

  constructor(private readonly services: ContextServices) {}

  /** Deletes those of before, and later ones every hour. May be called again if it has failed. */
  async start(): Promise<void> {
    await this.cleanUp();
    if (!this.ended) this.timer ??= setInterval(() => void this.tick(), CLEAN_UP_VALUES_MS).unref();
  }

  end(): void {
    this.ended = true;
    clearInterval(this.timer);
  }

  private async cleanUp(): Promise<void> {
    await this.services.store.admin?.cleanUpValues(Date.now());
  }

  private async tick(): Promise<void> {
    try {
      await this.cleanUp();
    } catch (error) {
      if (!this.ended) this.services.logger.warn({ err: error }, 'expired values could not be deleted');
    }
  }
}
