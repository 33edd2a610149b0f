import type { FilterLike, GuardLike, HandlerDefinition, HandlerKind, InterceptorLike } from '../metadata';
import type { ExecutionOptions } from './options';

/**
 * What the framework asks an application on its own behalf. No client asked for it, so that there is
 * none to refuse, and nothing that may be counted twice.
 */
const HOOKS: ReadonlySet<HandlerKind> = new Set(['stream_options', 'stream_cancelled']);

/** What stands around a handler, the application's own included. */
export interface Enhancers {
  /** In the order in which they are asked. */
  readonly guards: readonly GuardLike[];
  /** Outermost first. */
  readonly interceptors: readonly InterceptorLike[];
  /** Innermost first. */
  readonly filters: readonly FilterLike[];
}

const NONE: Enhancers = Object.freeze({ guards: [], interceptors: [], filters: [] });

/** The guards, interceptors and filters of a handler: none for `@StreamOptions` and `@OnStreamCancelled`. */
export function enhancersOf(definition: HandlerDefinition, options: Partial<ExecutionOptions>): Enhancers {
  if (HOOKS.has(definition.declaration.kind)) return NONE;
  return {
    guards: [...(options.guards ?? []), ...definition.guards],
    interceptors: [...(options.interceptors ?? []), ...definition.interceptors],
    filters: [...definition.filters, ...(options.filters ?? [])],
  };
}
