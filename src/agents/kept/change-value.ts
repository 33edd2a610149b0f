import type { ChatContext } from '../../context';

/** How long what waits for the user is kept. */
export const KEEP_MS = 30 * 24 * 60 * 60 * 1000;

/** How often a change is begun anew, where others were faster. */
const ATTEMPTS = 5;

/** A value in place of another, and what the change comes to. */
export interface Changed<R> {
  readonly value: unknown;
  readonly result: R;
}

export interface ChangeOptions {
  /** In milliseconds from now; by default it does not expire. */
  readonly keepMs?: number | undefined;
}

/**
 * Changes a value of the thread by the version that was read: of several changes at once, in whatever
 * processes, each sees what the one before it has made of the value.
 *
 * @param change what becomes of a value, `undefined` where there is none; nothing where it is to stay
 * @returns what the change came to; `undefined` where the value stays, or others were always faster
 *
 * @example
 * const run = await changeValue(ctx, key, (value) => isTaken(value) ? undefined : { value: taken(value), result: value });
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
