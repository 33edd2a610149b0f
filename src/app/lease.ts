import { randomUUID } from 'node:crypto';
import type { ContextServices } from '../context';
import { LeftRuns } from '../pipeline';
import { maintenanceScope, type StoreScope } from '../store';
import { noteCutOffRuns, type RunsToFinish } from './cut-off-runs';
import { Pulses } from './pulses';

/** How long a process counts as alive after it has last renewed its lease, in milliseconds. */
export const LEASE_MS = 15_000;

/** Time between two renewals, in milliseconds. */
const PERIOD_MS = LEASE_MS / 3;

/** When the store deletes the lease of a dead process, in milliseconds. Liveness does not depend on it. */
const FORGET_AFTER_MS = 7 * 86_400_000;

/** The owner of the stored leases. `Identity` refuses it as the name of a user. */
export const LEASE_OWNER = 'chatkit-controllers:instances';

const scopeOfLeases = (): StoreScope => maintenanceScope(LEASE_OWNER, LEASE_MS);

const keyOf = (instance: string): string => `instance/${instance}`;

/**
 * Shows other processes on the same store that this one is alive. The id is random, since host names and
 * process ids are reused. It renews its lease three times per `LEASE_MS`, and each time looks for runs of
 * processes whose lease it has not seen renewed for that long, by its own monotonic clock. So the clocks of
 * the processes need not agree, and may be set.
 */
export class Lease implements RunsToFinish {
  readonly instance = randomUUID();
  readonly left = new LeftRuns();
  private readonly pulses = new Pulses({ lifeMs: LEASE_MS, lookMs: 2 * PERIOD_MS });
  private timer: NodeJS.Timeout | undefined;
  private ended = false;

  constructor(private readonly services: ContextServices) {}

  /** Takes the lease, and finishes runs that were cut off before. May be called again if it fails. */
  async start(): Promise<void> {
    await this.renew();
    await noteCutOffRuns(this.services, this);
    if (this.ended) return;
    clearInterval(this.timer); // `start` may be called again
    this.timer = setInterval(() => void this.tick(), PERIOD_MS).unref();
  }

  /** Gives up the lease. Must be called only when no run is left. */
  async end(): Promise<void> {
    this.ended = true;
    clearInterval(this.timer);
    try {
      await this.services.store.deleteValue(scopeOfLeases(), keyOf(this.instance));
    } catch (error) {
      this.services.logger.debug({ err: error }, 'a lease could not be released: it expires by itself');
    }
  }

  async isAlive(instance: string): Promise<boolean> {
    const stored = await this.services.store.getValue(scopeOfLeases(), keyOf(instance));
    return this.pulses.isAlive(instance, stored?.version);
  }

  private async renew(): Promise<void> {
    const expiresAt = Date.now() + FORGET_AFTER_MS;
    await this.services.store.putValue(scopeOfLeases(), keyOf(this.instance), {}, { expiresAt });
  }

  private async tick(): Promise<void> {
    try {
      await this.renew();
      await noteCutOffRuns(this.services, this);
    } catch (error) {
      if (!this.ended) this.services.logger.warn({ err: error }, 'the lease of this process was not renewed');
    }
  }
}
