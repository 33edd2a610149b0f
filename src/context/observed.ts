import { isPromise, type Awaitable } from '../store';
import type { Observation, Telemetry, ObservedWork } from './telemetry';

/** Observes a function until it returns or its promise settles. Its result is passed on. */
export function observed<T>(
  telemetry: Telemetry,
  work: ObservedWork,
  task: (observation: Observation) => Awaitable<T>,
): Awaitable<T> {
  const observation = telemetry.begin(work);
  const failed = (error: unknown): void => observation.end(error);
  let result: Awaitable<T>;
  try {
    result = observation.run(() => task(observation));
  } catch (error) {
    failed(error);
    throw error;
  }
  if (!isPromise(result)) {
    observation.end();
    return result;
  }
  const promise = Promise.resolve(result); // a query builder would run each time it is awaited
  promise.then(() => observation.end(), failed);
  return promise;
}
