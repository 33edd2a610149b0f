import type { RunContext } from '../context';

/** What is pulled from: a generator, an array's iterator, an Observable made pullable. */
export interface EventIterator {
  next(): IteratorResult<unknown, unknown> | PromiseLike<IteratorResult<unknown, unknown>>;
  throw?(error: unknown): IteratorResult<unknown, unknown> | PromiseLike<IteratorResult<unknown, unknown>>;
  return?(): unknown;
}

/** The way to throw into an iterator, if it has one. */
export function throwerOf(iterator: EventIterator): EventIterator['throw'] {
  try {
    return iterator.throw?.bind(iterator);
  } catch {
    return undefined; // it cannot be told
  }
}

/**
 * Runs the `finally` blocks, innermost first. What they throw has nowhere to go but the log.
 *
 * @param awaited what belongs to no generator (an async function), and is still work in progress. Never rejects.
 */
export async function closeAll(
  iterators: EventIterator[],
  awaited: Promise<void> | undefined,
  ctx: RunContext,
): Promise<void> {
  for (const iterator of iterators.reverse()) {
    try {
      await iterator.return?.();
    } catch (error) {
      ctx.log.error({ err: error }, 'a handler threw while it was being stopped');
    }
  }
  await awaited;
}
