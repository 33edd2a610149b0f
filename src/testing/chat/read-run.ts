import { setImmediate } from 'node:timers/promises';
import type { EventStream } from '../../client';
import type { ThreadStreamEvent } from '../../protocol';
import type { RunOptions } from './options';

/**
 * Reads a run as its client does: to its end, or until the client disconnects.
 *
 * @param take called with each event as soon as it is read
 * @throws Error when the run ended before the client could disconnect
 */
export async function readRun(
  stream: EventStream,
  { hangUpAfter, slow }: Pick<RunOptions, 'hangUpAfter' | 'slow'>,
  take: (event: ThreadStreamEvent) => void,
): Promise<ThreadStreamEvent[]> {
  if (hangUpAfter !== undefined && !(Number.isInteger(hangUpAfter) && hangUpAfter > 0)) {
    throw new TypeError(`hangUpAfter is ${String(hangUpAfter)}: give a number of events, at least 1.`);
  }
  const events: ThreadStreamEvent[] = [];
  for await (const event of stream) {
    events.push(event);
    take(event);
    if (events.length === hangUpAfter) return events; // leaving the loop closes the connection
    if (slow !== undefined) await (slow === true ? setImmediate() : slow(event, events.length));
  }
  if (hangUpAfter === undefined) return events;
  const types = events.map(({ type }) => type).join(', ');
  throw new Error(
    `The run ended after ${String(events.length)} event(s), before the client hung up after ${String(hangUpAfter)}: ${types}.`,
  );
}
