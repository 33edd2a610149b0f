import { setImmediate } from 'node:timers/promises';
import { Lifetime } from '../context';
import { UnavailableError, type ChatError } from '../errors';
import type { Run } from '../pipeline';
import type { ChatKitRequest } from '../protocol';
import { threadKey } from '../store';

/**
 * How many turns of the event loop to wait for the `close` event of a closed connection, if the next
 * request arrives on another connection in the same turn.
 */
const TURNS_TO_CLOSE = 4;

/** A request that waits for its thread. */
export interface WaitingRequest {
  giveUp(reason: Error): void;
  /** Resolves when it no longer waits: it has become a run, or its stream has ended. */
  readonly settled: Promise<void>;
}

/** The runs in this process, by thread. They are cancelled if their thread is deleted or the server stops. */
export class ActiveRuns {
  readonly waiting = new Set<WaitingRequest>();
  private readonly byThread = new Map<string, Set<Run>>();
  private closed = false;

  /** The number of runs. */
  get size(): number {
    let size = 0;
    for (const runs of this.byThread.values()) size += runs.size;
    return size;
  }

  /** Whether the server is stopping. */
  get isClosed(): boolean {
    return this.closed;
  }

  /** @throws UnavailableError if the server is stopping; a request may have arrived before that. */
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

  /** Prevents new runs. Resolves when all current runs and waiting requests have ended. */
  async close(): Promise<void> {
    this.closed = true;
    const waiting = [...this.waiting];
    for (const request of waiting) request.giveUp(new UnavailableError('The server is shutting down.'));
    await Promise.all([
      ...waiting.map(({ settled }) => settled),
      ...this.all().map((run) => run.whenFinished()),
    ]);
  }

  /** Resolves when all runs of a thread have ended. */
  async whenEnded(threadKey: string): Promise<void> {
    await Promise.all([...(this.byThread.get(threadKey) ?? [])].map((run) => run.whenFinished()));
  }

  /** Resolves when runs that are being stopped have stored what they showed; `undefined` without any. */
  whenStopped(threadKey: string): Promise<unknown> | undefined {
    const stopped = [...(this.byThread.get(threadKey) ?? [])].flatMap((run) => run.whenStopped() ?? []);
    return stopped.length === 0 ? undefined : Promise.all(stopped);
  }

  /**
   * Resolves when the runs of the request's thread that are being stopped have stored what they showed,
   * after `graceMs` milliseconds at most. So a client that stops a run and then loads its thread finds
   * what it saw. `undefined` if the thread has no run.
   */
  settled(owner: string, { type, params }: ChatKitRequest, graceMs: number): Promise<void> | undefined {
    // A thread that is about to be deleted needs no wait.
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
      // The time is up, or storing failed: answer anyway.
    }
    patience.end();
  }

  /**
   * Resolves when the current state of a widget that a run is still streaming is in the store;
   * `undefined` if the thread has no run.
   */
  share(threadKey: string, itemId: string): Promise<unknown> | undefined {
    const runs = this.byThread.get(threadKey);
    return runs && Promise.all([...runs].map((run) => run.share(itemId)));
  }

  /** Stops a thread's runs without storing anything, since the thread is about to be deleted. */
  async discard(threadKey: string, reason: ChatError): Promise<void> {
    const runs = [...(this.byThread.get(threadKey) ?? [])];
    await Promise.all(runs.map((run) => run.cancel(reason, { keep: false })));
  }
}
