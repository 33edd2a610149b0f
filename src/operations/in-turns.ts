import { setImmediate } from 'node:timers/promises';

/** After so many the event loop gets a turn. Each may have to parse an item of 200,000 characters. */
const PER_TURN = 16;

/**
 * The same values, one after the other, with a turn of the event loop now and then: what is awaited of a
 * store that answers at once would keep the loop from everything else until the last.
 */
export async function* inTurns<T>(values: Iterable<T>): AsyncGenerator<T, void, undefined> {
  let count = 0;
  for (const value of values) {
    if (count > 0 && count % PER_TURN === 0) await setImmediate();
    count += 1;
    yield value;
  }
}
