import type { ExecutionOptions } from '../execution';
import type { Class } from '../metadata';

/** What handlers are found and built from. */
export interface RoutingOptions extends ExecutionOptions {
  readonly controllers: readonly (Class | object)[];
}
