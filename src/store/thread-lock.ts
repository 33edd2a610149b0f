import type { Awaitable } from './awaitable';

/**
 * Releases the lock. A second call does nothing. An error that it throws or rejects with is logged. If other
 * requests do not wait for the lock (`concurrency: 'reject'`), a promise that it returns is awaited before
 * the end of the response, so that the client's next request finds the thread free in every process.
 */
export type ReleaseLock = () => unknown;

/** How {@link ThreadLock.acquire} waits. */
export interface AcquireOptions {
  /** How long to wait, in milliseconds; 0 tries once. */
  waitMs: number;
  signal?: AbortSignal | undefined;
  /** Called when the lock is lost before its release, so that others may get it. The run is cancelled. */
  onLost?: (() => void) | undefined;
}

/** Runs one run of a thread at a time, in order of arrival. */
export interface ThreadLock {
  /** Returns the release function, or `null` if the lock was not free in time or `signal` was aborted. */
  acquire(key: string, options: AcquireOptions): Awaitable<ReleaseLock | null>;
}
