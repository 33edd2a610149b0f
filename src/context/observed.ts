import { isPromise, type Awaitable } from '../store';
import type { Observation, Telemetry, ObservedWork } from './telemetry';

/** Observes a function until its value, or its promise's, is there. The promise is handed on as it is. */
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
  const promise = Promise.resolve(result); // a query builder runs each time it is awaited
  promise.then(() => observation.end(), failed);
  return promise;
}
