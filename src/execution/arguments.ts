import type { RunContext } from '../context';
import type { HandlerDefinition, HandlerKind, ParamSource } from '../metadata';

/** What a method is called with, for one call. */
export interface CallInput {
  ctx: RunContext;
  /** The validated payload; `undefined` where the handler takes none. */
  payload: unknown;
  /** What the operation hands to handlers of its kind. */
  input: unknown;
}

type Resolve = (call: CallInput) => unknown;

function first(kind: HandlerKind): Resolve {
  switch (kind) {
    case 'action':
    case 'sync_action':
      return ({ payload }) => payload;
    case 'message':
      return ({ ctx }) => ctx.message;
    case 'stream_options':
      return ({ ctx, input }) => input ?? ctx.thread;
    case 'feedback':
    case 'transcribe':
    case 'stream_cancelled':
      return ({ input }) => input;
  }
}

function resolver(source: ParamSource): Resolve {
  switch (source.kind) {
    case 'payload':
      return ({ payload }) => payload;
    case 'context':
      return ({ ctx }) => ctx;
    case 'sender':
    case 'thread':
    case 'action':
    case 'message':
    case 'signal': {
      const { kind } = source;
      return ({ ctx }) => ctx[kind];
    }
    case 'custom': {
      const { resolve } = source;
      return ({ ctx }) => resolve(ctx);
    }
  }
}

/** The arguments of a handler's method: as its parameters are decorated, else `(input, ctx)`. */
export function argumentsOf(definition: HandlerDefinition): (call: CallInput) => unknown[] {
  const { params, declaration } = definition;
  if (params.size === 0) {
    const input = first(declaration.kind);
    return (call) => [input(call), call.ctx];
  }
  const resolvers: Resolve[] = [];
  for (const [index, source] of params) resolvers[index] = resolver(source);
  return (call) => resolvers.map((resolve) => resolve(call));
}

/** Whether a parameter decorator of the application's own may return a promise. */
export function hasCustomParams(definition: HandlerDefinition): boolean {
  return [...definition.params.values()].some(({ kind }) => kind === 'custom');
}
