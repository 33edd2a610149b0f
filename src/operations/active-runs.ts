import type { ChatError } from '../errors';
import type { Run } from '../pipeline';

/** The runs in this process, by thread: to cancel them when the thread is deleted or the server stops. */
export class ActiveRuns {
  private readonly byThread = new Map<string, Set<Run>>();

  add(threadKey: string, run: Run): void {
    const runs = this.byThread.get(threadKey);
    if (runs === undefined) this.byThread.set(threadKey, new Set([run]));
    else runs.add(run);
  }

  remove(threadKey: string, run: Run): void {
    const runs = this.byThread.get(threadKey);
    if (runs?.delete(run) === true && runs.size === 0) this.byThread.delete(threadKey);
  }

  get size(): number {
    let size = 0;
    for (const runs of this.byThread.values()) size += runs.size;
    return size;
  }

  all(): Run[] {
    return [...this.byThread.values()].flatMap((runs) => [...runs]);
  }

  /** What makes each request that waits for its thread give up. */
  readonly waiting = new Set<() => void>();

  giveUpWaiting(): void {
    for (const giveUp of this.waiting) giveUp();
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
