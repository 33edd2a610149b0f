import type { FilterLike, GuardLike, HandlerDefinition, HandlerKind, InterceptorLike } from '../metadata';
import type { ExecutionOptions } from './options';

/**
 * Handlers that the framework calls itself. No client requested them, so guards have nothing to refuse,
 * and interceptors must not count them as requests.
 */
const HOOKS: ReadonlySet<HandlerKind> = new Set(['stream_options', 'stream_cancelled']);

/** The guards, interceptors and filters of a handler, including those of the app. */
export interface Enhancers {
  /** In call order. */
  readonly guards: readonly GuardLike[];
  /** Outermost first. */
  readonly interceptors: readonly InterceptorLike[];
  /** Innermost first. */
  readonly filters: readonly FilterLike[];
}

const NONE: Enhancers = Object.freeze({ guards: [], interceptors: [], filters: [] });

/** Collects a handler's enhancers; there are none for `@StreamOptions` and `@OnStreamCancelled`. */
export function enhancersOf(definition: HandlerDefinition, options: Partial<ExecutionOptions>): Enhancers {
  if (HOOKS.has(definition.declaration.kind)) return NONE;
  return {
    guards: [...(options.guards ?? []), ...definition.guards],
    interceptors: [...(options.interceptors ?? []), ...definition.interceptors],
    filters: [...definition.filters, ...(options.filters ?? [])],
  };
}
