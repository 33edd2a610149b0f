import type { ExecutionOptions } from '../execution';
import type { Class } from '../metadata';

/** What the dispatch table is built from. */
export interface RoutingOptions extends ExecutionOptions {
  readonly controllers: readonly (Class | object)[];
}
