import { setImmediate } from 'node:timers/promises';
import type { Page } from '../protocol';
import type { Awaitable } from './awaitable';
import type { BatchOptions } from './store';

/** So many records at a time: they are in memory together, and are read without a turn of the event loop. */
const BATCH = 500;

/** All entries of a list for maintenance, batch by batch. Those that are deleted meanwhile do no harm. */
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
