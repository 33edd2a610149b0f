import type { Awaitable } from './awaitable';

/**
 * Gives the lock back. Calling it twice is no error. What it throws or rejects with is logged. A promise
 * that it returns is waited for before the end of a response where others do not wait for the lock
 * (`concurrency: 'reject'`): the client's next request is to find the thread free, in whichever process.
 */
export type ReleaseLock = () => unknown;

/** How {@link ThreadLock.acquire} waits for a lock. */
export interface AcquireOptions {
  /** How long to wait, in milliseconds; 0 tries once. */
  waitMs: number;
  signal?: AbortSignal | undefined;
  /** Called when the lock was lost before it was given back, so that others may have it: the run is cancelled. */
  onLost?: (() => void) | undefined;
}

/** Keeps the runs of one thread apart, in order of arrival. */
export interface ThreadLock {
  /** The release function, or `null` when the lock was not to be had in time or `signal` aborted. */
  acquire(key: string, options: AcquireOptions): Awaitable<ReleaseLock | null>;
}
