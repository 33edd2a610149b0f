import type { ExecutionOptions } from '../execution';
import type { Class } from '../metadata';

/** The inputs from which handlers are scanned and built. */
export interface RoutingOptions extends ExecutionOptions {
  readonly controllers: readonly (Class | object)[];
}
