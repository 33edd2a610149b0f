import { randomUUID } from 'node:crypto';
import type { ContextServices } from '../context';
import { maintenanceScope, type StoreScope } from '../store';
import { noteCutOffRuns } from './cut-off-runs';

/** How long a process counts as alive after it has last said so, in milliseconds. */
export const LEASE_MS = 15_000;

/** Whose values the leases are; no application's owner has this name. */
export const LEASE_OWNER = 'chatkit-controllers:instances';

const scopeOfLeases = (): StoreScope => maintenanceScope(LEASE_OWNER, LEASE_MS);

const keyOf = (instance: string): string => `instance/${instance}`;

/**
 * Tells other processes on the same store that this one lives, under a random name: host names and
 * process ids come again. It renews its lease three times within its time, and each time looks for runs
 * whose process has let its own expire.
 */
export class Lease {
  readonly instance = randomUUID();
  private timer: NodeJS.Timeout | undefined;
  private ended = false;

  constructor(private readonly services: ContextServices) {}

  /** Takes the lease, and notes runs that were cut off before. May be called again when it has failed. */
  async start(): Promise<void> {
    await this.renew();
    await noteCutOffRuns(this.services, this.isAlive);
    if (this.ended) return;
    clearInterval(this.timer); // it may be started again
    this.timer = setInterval(() => void this.tick(), LEASE_MS / 3).unref();
  }

  /** Gives the lease up. To be called when no run is left. */
  async end(): Promise<void> {
    this.ended = true;
    clearInterval(this.timer);
    try {
      await this.services.store.deleteValue(scopeOfLeases(), keyOf(this.instance));
    } catch (error) {
      this.services.logger.debug({ err: error }, 'a lease could not be given up: it expires by itself');
    }
  }

  private readonly isAlive = async (instance: string): Promise<boolean> =>
    instance === this.instance ||
    (await this.services.store.getValue(scopeOfLeases(), keyOf(instance))) !== undefined;

  private async renew(): Promise<void> {
    await this.services.store.putValue(
      scopeOfLeases(),
      keyOf(this.instance),
      {},
      {
        expiresAt: Date.now() + LEASE_MS,
      },
    );
  }

  private async tick(): Promise<void> {
    try {
      await this.renew();
      await noteCutOffRuns(this.services, this.isAlive);
    } catch (error) {
      if (!this.ended) this.services.logger.warn({ err: error }, 'the lease of this process was not renewed');
    }
  }
}
