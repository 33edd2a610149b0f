import type { ExecutionOptions } from '../execution';
import type { Class } from '../metadata';
import type { WidgetExample } from './widget-check';

/** What the dispatch table is built from. */
export interface RoutingOptions extends ExecutionOptions {
  readonly controllers: readonly (Class | object)[];
  /** Widgets whose actions must all have their handlers. */
  readonly widgets?: readonly WidgetExample[] | undefined;
}
