import { setImmediate } from 'node:timers/promises';

/** How many values one turn of the event loop handles. Each may need parsing of 200,000 characters. */
const PER_TURN = 16;

/**
 * Yields the same values, and gives up a turn of the event loop from time to time: awaiting a synchronous
 * store for each value would block the event loop until the last one.
 */
export async function* inTurns<T>(values: Iterable<T>): AsyncGenerator<T, void, undefined> {
  let count = 0;
  for (const value of values) {
    if (count > 0 && count % PER_TURN === 0) await setImmediate();
    count += 1;
    yield value;
  }
}
