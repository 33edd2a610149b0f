import { setImmediate } from 'node:timers/promises';
import { Lifetime } from '../context';
import { UnavailableError, type ChatError } from '../errors';
import type { Run } from '../pipeline';
import type { ChatKitRequest } from '../protocol';

/**
 * How many turns of the event loop a closed connection may take to be told as closed, where the next
 * request came by another connection in the same turn.
 */
const TURNS_TO_CLOSE = 4;

/** A request that waits for its thread. */
export interface WaitingRequest {
  giveUp(reason: Error): void;
  /** Resolves when it waits no more: it has become a run, or its stream has ended. */
  readonly settled: Promise<void>;
}

/** The runs in this process, by thread: to cancel them when the thread is deleted or the server stops. */
export class ActiveRuns {
  readonly waiting = new Set<WaitingRequest>();
  private readonly byThread = new Map<string, Set<Run>>();
  private closed = false;

  /** How many runs there are. */
  get size(): number {
    let size = 0;
    for (const runs of this.byThread.values()) size += runs.size;
    return size;
  }

  /** Whether the server is stopping. */
  get isClosed(): boolean {
    return this.closed;
  }

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

  has(threadKey: string): boolean {
    return this.byThread.has(threadKey);
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

  /** Resolves when no run of a thread goes on any more. */
  async whenEnded(threadKey: string): Promise<void> {
    await Promise.all([...(this.byThread.get(threadKey) ?? [])].map((run) => run.whenFinished()));
  }

  /** Resolves when what was shown by runs that are being stopped is kept; `undefined` where there are none. */
  whenStopped(threadKey: string): Promise<unknown> | undefined {
    const stopped = [...(this.byThread.get(threadKey) ?? [])].flatMap((run) => run.whenStopped() ?? []);
    return stopped.length === 0 ? undefined : Promise.all(stopped);
  }

  /**
   * Resolves when what was shown by those runs of the request's thread that are being stopped is kept,
   * after `graceMs` milliseconds at most. A client that stops a run and asks for its thread at once is to
   * find what it saw. `undefined` where nothing runs.
   */
  settled(owner: string, { type, params }: ChatKitRequest, graceMs: number): Promise<void> | undefined {
    // A thread that is about to go need not be waited for.
    if (!('thread_id' in params) || type === 'threads.delete') return undefined;
    const key = threadKey(owner, params.thread_id);
    return this.byThread.has(key) ? this.settle(key, graceMs) : undefined;
  }

  private async settle(threadKey: string, graceMs: number): Promise<void> {
    for (let turn = 0; turn < TURNS_TO_CLOSE; turn += 1) await setImmediate();
    const patience = new Lifetime();
    patience.expireIn(graceMs);
    try {
      await patience.until(this.whenStopped(threadKey));
    } catch {
      // What is not kept by now is not waited for.
    }
    patience.end();
  }

  /**
   * Resolves when a widget that runs of a thread still stream can be found in the store, as far as it has
   * come; `undefined` where nothing runs.
   */
  share(threadKey: string, itemId: string): Promise<unknown> | undefined {
    const runs = this.byThread.get(threadKey);
    return runs && Promise.all([...runs].map((run) => run.share(itemId)));
  }

  /** Stops a thread's runs without keeping anything, as the thread itself is about to go. */
  async discard(threadKey: string, reason: ChatError): Promise<void> {
    const runs = [...(this.byThread.get(threadKey) ?? [])];
    await Promise.all(runs.map((run) => run.cancel(reason, { keep: false })));
  }
}

/** Two owners' threads never share a key, whatever ids they ask for. */
export function threadKey(owner: string, threadId: string): string {
  return `${String(owner.length)} ${owner} ${threadId}`;
}
