import type { RunContext } from '../context';
import { holdPromises } from '../errors';
import { isPromise } from '../store';

/** What the loop pulls from: a generator, an array's iterator, or an Observable behind an iterator. */
export interface EventIterator {
  next(): IteratorResult<unknown, unknown> | PromiseLike<IteratorResult<unknown, unknown>>;
  throw?(error: unknown): IteratorResult<unknown, unknown> | PromiseLike<IteratorResult<unknown, unknown>>;
  return?(): unknown;
}

/** The iterator's `throw` method, if it has one. */
export function throwerOf(iterator: EventIterator): EventIterator['throw'] {
  try {
    return iterator.throw?.bind(iterator);
  } catch {
    return undefined; // its getter threw
  }
}

/** How many events the `finally` blocks of one generator may still yield. */
const LAST_STEPS = 64;

/**
 * Runs the `finally` blocks, innermost first. Their errors can only be logged.
 *
 * @param awaited work in progress that belongs to no generator (an async function); never rejects
 */
export async function closeAll(
  iterators: EventIterator[],
  awaited: Promise<void> | undefined,
  ctx: RunContext,
): Promise<void> {
  await Promise.resolve(); // a generator that stopped the run itself cannot be closed while it runs
  for (const iterator of iterators.reverse()) {
    try {
      await close(iterator);
    } catch (error) {
      ctx.log.error({ err: error }, 'a handler threw while it was being stopped');
    }
  }
  await awaited;
}

/** Drops what a `finally` block yields and runs it to its end: later lines may release a lock. */
async function close(iterator: EventIterator): Promise<void> {
  let step = await iterator.return?.();
  for (let steps = 0; steps < LAST_STEPS && isUnfinished(step); steps += 1) {
    holdPromises(step);
    if (isPromise(step.value)) await Promise.resolve(step.value).catch(() => undefined);
    step = await iterator.next();
  }
}

function isUnfinished(step: unknown): step is IteratorYieldResult<unknown> {
  return typeof step === 'object' && step !== null && (step as { done?: unknown }).done === false;
}
