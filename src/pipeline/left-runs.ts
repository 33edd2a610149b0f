import type { AssistantMessageItem } from '../protocol';

/** What still has to be stored of a run that has ended. */
export interface LeftRun {
  /** The messages that the client was shown, as far as they had come. */
  readonly shown: readonly AssistantMessageItem[];
  /** Tells the model why they are not complete. */
  readonly note: string;
}

/**
 * Runs of this process that have ended but whose records are still in the store, because the store failed at
 * their end. The search for interrupted runs finishes these too: the lease alone would say that they go on,
 * because their process lives.
 */
export class LeftRuns {
  private readonly byId = new Map<string, LeftRun | 'closing'>();

  get ids(): string[] {
    return [...this.byId.keys()];
  }

  /** @param left `closing` if everything is stored, and only the record is left */
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
