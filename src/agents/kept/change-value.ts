import type { ChatContext } from '../../context';

/** How long values that wait for the user are stored, in milliseconds. */
export const KEEP_MS = 30 * 24 * 60 * 60 * 1000;

/** How often a change is tried, if other requests change the value meanwhile. */
const ATTEMPTS = 5;

/** The new value, and the result of the change. */
export interface Changed<R> {
  readonly value: unknown;
  readonly result: R;
}

export interface ChangeOptions {
  /** In milliseconds from now; by default the value does not expire. */
  readonly keepMs?: number | undefined;
}

/**
 * Changes a value of the thread, if the version that was read is still current. So of several changes at
 * once, in any processes, each gets the value that the one before it stored.
 *
 * @param change gets the value, or `undefined` if there is none; returns `undefined` to leave it
 * @returns the result of the change; `undefined` if the value was left, or all attempts failed
 *
 * @example
 * const run = await changeValue(ctx, key, (value) =>
 *   isTaken(value) ? undefined : { value: taken(value), result: value },
 * );
 */
export async function changeValue<R>(
  { store, thread }: ChatContext,
  key: string,
  change: (value: unknown) => Changed<R> | undefined,
  { keepMs }: ChangeOptions = {},
): Promise<R | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const stored = await store.getValue(key);
    const changed = change(stored?.value);
    if (changed === undefined) return undefined;
    const expiresAt = keepMs === undefined ? undefined : Date.now() + keepMs;
    const options = { ifVersion: stored?.version ?? 0, expiresAt, threadId: thread.id };
    if ((await store.putValue(key, changed.value, options)) !== undefined) return changed.result;
  }
  return undefined;
}
