import { Lifetime } from '../context';
import { maintenanceScope, type Store } from '../store';
import { LEASE_OWNER } from './lease';

/** How an app is doing, as `ChatKitApp.health` tells it. */
export interface Health {
  /** Whether a load balancer should send requests to this process: the store answers, and the app is not closing. */
  readonly isReady: boolean;
  /** `false` also until the store has been started. */
  readonly isStoreReachable: boolean;
  /** Whether `close()` has been called. */
  readonly isClosing: boolean;
  /** How many runs of this process have not ended. */
  readonly openRuns: number;
}

/** For how long an answer of the store holds, in milliseconds: so many balancers may ask as often as they like. */
const FRESH_MS = 1000;

/** How long the store may take to answer, in milliseconds. Balancers wait for some seconds. */
export const PATIENCE_MS = 2000;

/** Asks the store for a value that is not there: at most once a second, and never twice at the same time. */
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
      return false; // it takes too long; the question stays open
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
