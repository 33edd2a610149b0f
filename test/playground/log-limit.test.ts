import fc from 'fast-check';
import { limitLog } from '../../playground/src/data/log-limit';
import type { LoggedRequest } from '../../playground/src/data/logged-request';

const LIMITS = { requests: 5, events: 40 };

function request(id: number): LoggedRequest {
  return {
    ...{ id, operation: 'threads.create', time: '', url: '', headers: {}, body: '', size: 0, events: [] },
    ...{ status: 200, requestId: undefined, began: 1, ended: undefined, answer: undefined },
    failure: undefined,
  };
}

/** A log to which requests and their events come, the last ones of the newest request. */
function logOf(counts: readonly number[]): Map<number, LoggedRequest> {
  const log = new Map<number, LoggedRequest>();
  counts.forEach((count, id) => {
    log.set(id, request(id));
    for (let index = 0; index < count; index += 1) {
      (log.get(id)!.events as { at: number; text: string }[]).push({ at: index, text: String(index) });
      limitLog(log, LIMITS);
    }
    limitLog(log, LIMITS);
  });
  return log;
}

describe('the log of requests', () => {
  test('stays within its limits, and forgets the oldest first', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100), { minLength: 1, maxLength: 20 }), (counts) => {
        const log = logOf(counts);
        const kept = [...log.values()];
        expect(kept.length).toBeLessThanOrEqual(LIMITS.requests);
        expect(kept.reduce((sum, { events }) => sum + events.length, 0)).toBeLessThanOrEqual(LIMITS.events);
        // The newest requests, without a gap; the newest itself always.
        expect(kept.map(({ id }) => id)).toEqual(kept.map((_, at) => counts.length - kept.length + at));
        for (const { id, events, forgotten = 0 } of kept) {
          expect(events.length + forgotten).toBe(counts[id]);
          expect(events.map(({ at }) => at)).toEqual(events.map((_, at) => forgotten + at));
        }
      }),
    );
  });

  test('keeps the last events of a stream that is longer than the whole log', () => {
    const [only] = logOf([1_000]).values();
    expect(only?.events.at(-1)?.text).toBe('999');
    expect(only?.events.length).toBeGreaterThan(LIMITS.events / 2);
  });
});
