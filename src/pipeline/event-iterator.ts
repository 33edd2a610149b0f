import type { RunContext } from '../context';
import { holdPromises } from '../errors';
import { isPromise } from '../store';

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

/** So many events may the `finally` blocks of one generator still yield. */
const LAST_STEPS = 64;

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
  await Promise.resolve(); // a plain generator may have stopped the run itself, and cannot be closed while it runs
  for (const iterator of iterators.reverse()) {
    try {
      await close(iterator);
    } catch (error) {
      ctx.log.error({ err: error }, 'a handler threw while it was being stopped');
    }
  }
  await awaited;
}

/** Drops what a `finally` block yields, and has it go on to its end: what comes after may be a lock to give back. */
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
