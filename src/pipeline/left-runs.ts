import type { AssistantMessageItem } from '../protocol';

/** What is still to be stored of a run that is over. */
export interface LeftRun {
  /** The messages that the client was shown, as far as they had come. */
  readonly shown: readonly AssistantMessageItem[];
  /** Tells the model why they are not complete. */
  readonly note: string;
}

/**
 * Runs of this process that are over while their records are still in the store, since the store failed at
 * their end. The search for runs that were cut off finishes these as well:
 * the lease of a process that lives says that its runs go on.
 */
export class LeftRuns {
  private readonly byId = new Map<string, LeftRun | 'closing'>();

  get ids(): string[] {
    return [...this.byId.keys()];
  }

  /** @param left `closing` where all is stored, and the record alone is left */
  add(runId: string, left: LeftRun | 'closing'): void {
    this.byId.set(runId, left);
  }

  get(runId: string): LeftRun | 'closing' | undefined {
    return this.byId.get(runId);
  }

  delete(runId: string): void {
    this.byId.delete(runId);
  }
}
