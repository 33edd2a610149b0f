import { setImmediate } from 'node:timers/promises';
import type { Page } from '../protocol';
import type { Awaitable } from './awaitable';
import type { BatchOptions } from './store';

/** Records of one batch: they are in memory together, and are read without a turn of the event loop. */
const BATCH = 500;

/** Yields all entries of a maintenance list, batch by batch. Entries may be deleted meanwhile. */
export async function* inBatches<T>(
  list: (options: BatchOptions) => Awaitable<Page<T>>,
): AsyncGenerator<T, void, undefined> {
  let after: string | undefined;
  do {
    const batch = await list({ limit: BATCH, after });
    yield* batch.data;
    after = batch.has_more ? batch.after : undefined;
    if (after !== undefined) await setImmediate();
  } while (after !== undefined);
}
