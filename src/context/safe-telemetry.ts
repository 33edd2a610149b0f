import { messageOf } from '../errors';
import type { Logger } from './logger';
import type { Observation, Telemetry } from './telemetry';

/** Wraps telemetry so that it never throws. The first error is logged. */
export function safeTelemetry(telemetry: Telemetry, logger: Logger): Telemetry {
  let isTold = false;
  const attempt = <T>(task: () => T): T | undefined => {
    try {
      return task();
    } catch (error) {
      if (!isTold) logger.error({ err: error }, `the telemetry of the app threw: ${messageOf(error)}`);
      isTold = true;
      return undefined;
    }
  };
  return {
    begin(work) {
      const observation = attempt(() => telemetry.begin(work));
      return {
        run: (task) => (observation === undefined ? task() : runOnce(observation, task, attempt)),
        note: (facts) => attempt(() => observation?.note(facts)),
        end: (failure) => attempt(() => observation?.end(failure)),
      };
    },
  };
}

/**
 * Runs a task in an observation exactly once, whatever the observation does. Errors of the task are thrown.
 */
function runOnce<T>(observation: Observation, task: () => T, attempt: (task: () => void) => void): T {
  let outcome: { value: T } | { error: unknown } | undefined;
  attempt(() => {
    observation.run(() => {
      try {
        outcome = { value: task() };
      } catch (error) {
        outcome = { error };
      }
    });
  });
  if (outcome === undefined) return task();
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}
