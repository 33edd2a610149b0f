import type { RunContext } from '../context';
import { ForbiddenError, holdPromises } from '../errors';
import type { HandlerDefinition, HandlerKind, ParamSource } from '../metadata';
import { isPromise } from '../store';
import { originCheck } from './action-origin';
import { toGuard, type RunGuard } from './enhancers';
import { enhancersOf } from './enhancers-of';
import { provideController } from './instances';
import { claimButton } from './one-use';
import type { ExecutionOptions } from './options';
import { payloadValidation } from './payload';

/** The method with its arguments bound, ready to be called. */
export type BoundCall = () => unknown;

/**
 * Everything between the request and the method: where an action comes from, guards, payload,
 * parameters. Answers at once where none of them can be asynchronous.
 */
export type Prepare = (ctx: RunContext, input: unknown) => BoundCall | Promise<BoundCall>;

async function passGuards(guards: readonly RunGuard[], ctx: RunContext): Promise<void> {
  for (const guard of guards) {
    const verdict: unknown = guard(ctx);
    // Anything but true refuses, so that a guard which forgets to return does not let every client in.
    const answer = isPromise(verdict) ? await verdict : verdict;
    if (answer === true) continue;
    holdPromises(answer);
    throw new ForbiddenError();
  }
}

// While guards and validation took their time the client may have left.
function stopIfAborted(ctx: RunContext): void {
  ctx.lifetime.throwIfAborted();
}

function bind(instance: object, method: string | symbol, args: unknown[]): BoundCall {
  // Looked up now and not at startup, so that spies and proxies of an instance are seen.
  return () => (instance as Record<string | symbol, (...args: unknown[]) => unknown>)[method]?.(...args);
}

export function preparation(definition: HandlerDefinition, options: ExecutionOptions): Prepare {
  const { method, where } = definition;
  const once = definition.declaration.once === true;
  const checkOrigin = originCheck(definition, options);
  const guards = enhancersOf(definition, options).guards.map((guard) => toGuard(guard, options));
  const validate = payloadValidation(definition, options) ?? (() => undefined);
  const provider = provideController(definition, options);
  const argumentsFor = argumentsOf(definition);

  if (!once && guards.length === 0 && 'instance' in provider && !hasCustomParams(definition)) {
    const { instance } = provider;
    return (ctx, input) => {
      ctx.where = where;
      if (checkOrigin !== undefined) checkOrigin(ctx);
      const payload = validate(ctx.action?.payload, ctx);
      if (!(payload instanceof Promise)) return bind(instance, method, argumentsFor({ ctx, payload, input }));
      return payload.then((awaited: unknown) => {
        stopIfAborted(ctx);
        return bind(instance, method, argumentsFor({ ctx, payload: awaited, input }));
      });
    };
  }
  return async (ctx, input) => {
    ctx.where = where;
    if (checkOrigin !== undefined) checkOrigin(ctx);
    await passGuards(guards, ctx);
    const payload = await validate(ctx.action?.payload, ctx);
    const args = argumentsFor({ ctx, payload, input });
    const resolved = args.some(isPromise) ? await Promise.all(args) : args;
    const instance = 'instance' in provider ? provider.instance : await provider.get(ctx);
    stopIfAborted(ctx);
    if (once) await claimButton(ctx);
    return bind(instance, method, resolved);
  };
}

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
