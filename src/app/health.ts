import { Lifetime } from '../context';
import { maintenanceScope, type Store } from '../store';
import { LEASE_OWNER } from './lease';

/** The state of an app; `ChatKitApp.health` returns it. */
export interface Health {
  /** Whether to send requests to this process: the store answers, and the app is not closing. */
  readonly isReady: boolean;
  /** Whether the store answers; also `false` until its startup has succeeded. */
  readonly isStoreReachable: boolean;
  /** Whether `close()` has been called. */
  readonly isClosing: boolean;
  /** How many runs of this process have not ended. */
  readonly openRuns: number;
}

/** How long the store's last answer is reused, in milliseconds, however often load balancers ask. */
const FRESH_MS = 1000;

/** How long the store may take to answer, in milliseconds. Load balancers wait for a few seconds. */
export const PATIENCE_MS = 2000;

/** Reads a value that does not exist: at most once a second, and never twice at the same time. */
export class StoreProbe {
  private asking: Promise<void> | undefined;
  private last: { readonly at: number; readonly isReachable: boolean } | undefined;

  constructor(private readonly store: Store) {}

  /** Never rejects. */
  async isReachable(): Promise<boolean> {
    if (this.last !== undefined && performance.now() - this.last.at < FRESH_MS) return this.last.isReachable;
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    const patience = new Lifetime();
    patience.expireIn(PATIENCE_MS);
    try {
      await patience.until(this.asking);
      return this.last?.isReachable === true;
    } catch {
      return false; // too slow; later calls wait for the same read
    } finally {
      patience.end();
    }
  }

  private async ask(): Promise<void> {
    let isReachable = true;
    try {
      await this.store.getValue(maintenanceScope(LEASE_OWNER, PATIENCE_MS), 'health');
    } catch {
      isReachable = false;
    }
    this.last = { at: performance.now(), isReachable };
  }
}
