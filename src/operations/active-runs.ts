import { UnavailableError, type ChatError } from '../errors';
import type { Run } from '../pipeline';

/** A request that waits for its thread. */
export interface WaitingRequest {
  giveUp(reason: ChatError): void;
  /** Resolves when it waits no more: it has become a run, or its stream has ended. */
  readonly settled: Promise<void>;
}

/** The runs in this process, by thread: to cancel them when the thread is deleted or the server stops. */
export class ActiveRuns {
  readonly waiting = new Set<WaitingRequest>();
  private readonly byThread = new Map<string, Set<Run>>();
  private closed = false;

  /** @throws UnavailableError when the server is stopping: a request may have been on its way to here. */
  assertOpen(): void {
    if (this.closed) throw new UnavailableError('The server is shutting down.');
  }

  add(threadKey: string, run: Run): void {
    const runs = this.byThread.get(threadKey);
    if (runs === undefined) this.byThread.set(threadKey, new Set([run]));
    else runs.add(run);
  }

  remove(threadKey: string, run: Run): void {
    const runs = this.byThread.get(threadKey);
    if (runs?.delete(run) === true && runs.size === 0) this.byThread.delete(threadKey);
  }

  all(): Run[] {
    return [...this.byThread.values()].flatMap((runs) => [...runs]);
  }

  /** Lets no more runs begin. Resolves when those that go on and those that wait have ended. */
  async close(): Promise<void> {
    this.closed = true;
    const waiting = [...this.waiting];
    for (const request of waiting) request.giveUp(new UnavailableError('The server is shutting down.'));
    await Promise.all([
      ...waiting.map(({ settled }) => settled),
      ...this.all().map((run) => run.whenFinished()),
    ]);
  }

  /** Stops a thread's runs without keeping anything, as the thread itself is about to go. */
  async discard(threadKey: string, reason: ChatError): Promise<void> {
    const runs = [...(this.byThread.get(threadKey) ?? [])];
    await Promise.all(runs.map((run) => run.cancel(reason, { keep: false })));
  }
}

/** Two owners' threads never share a key, whatever ids they ask for. */
export function threadKey(owner: string, threadId: string): string {
  return `${JSON.stringify(owner)} ${threadId}`;
}
