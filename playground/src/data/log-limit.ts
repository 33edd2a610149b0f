import type { LoggedEvent, LoggedRequest } from './logged-request';

export interface LogLimits {
  requests: number;
  /** The maximum of all requests together. */
  events: number;
}

/**
 * Removes the oldest entries of a log that exceeds its limits: whole requests first; of the newest one, which
 * may stream for hours, its first events.
 *
 * @param log in the order in which the requests were sent; modified in place
 */
export function limitLog(log: Map<number, LoggedRequest>, limits: LogLimits): void {
  let events = 0;
  for (const { events: own } of log.values()) events += own.length;
  for (const [id, request] of log) {
    if (log.size <= limits.requests && events <= limits.events) return;
    if (log.size > 1) {
      events -= request.events.length;
      log.delete(id);
    } else {
      // Removes a tenth more than needed, so that not every new event moves all the others.
      const excess = events - limits.events + Math.floor(limits.events / 10);
      (request.events as LoggedEvent[]).splice(0, excess);
      log.set(id, { ...request, forgotten: (request.forgotten ?? 0) + excess });
    }
  }
}
