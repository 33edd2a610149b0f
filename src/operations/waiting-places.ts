/** Releases a place. */
export type LeavePlace = () => void;

/**
 * The places in which requests wait for a busy thread. They are limited, since each waiting request keeps
 * its body in memory.
 */
export class WaitingPlaces {
  /** How many are taken, by thread. */
  private readonly taken = new Map<string, number>();

  /** @param perThread how many requests may wait for one thread */
  constructor(private readonly perThread: number) {}

  /** Takes a place; `null` if there is none left. */
  take(threadKey: string): LeavePlace | null {
    const taken = this.taken.get(threadKey) ?? 0;
    if (taken >= this.perThread) return null;
    this.taken.set(threadKey, taken + 1);
    return () => {
      const left = (this.taken.get(threadKey) ?? 0) - 1;
      if (left > 0) this.taken.set(threadKey, left);
      else this.taken.delete(threadKey);
    };
  }
}
