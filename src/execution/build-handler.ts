import { defer, from, lastValueFrom, switchMap, throwError, type Observable } from 'rxjs';
import type { EventDraft, HandlerResult, RunContext } from '../context';
import { ForbiddenError, holdPromises } from '../errors';
import type { HandlerDefinition, HandlerKind, ParamSource } from '../metadata';
import { isPromise } from '../store';
import { originCheck } from './action-origin';
import { filtered } from './catch';
import { toFilter, toGuard, toInterceptor, type RunGuard, type RunInterceptor } from './enhancers';
import { enhancersOf } from './enhancers-of';
import type { Handler, Observe, ToEvents } from './handler';
import { provideController } from './instances';
import { intercepted } from './intercept';
import { observedCall, observedGuard, observedStream } from './observed';
import { claimButton, releasingOnError, releasingOnReject } from './one-use';
import type { ExecutionOptions } from './options';
import { payloadValidation } from './payload';

/** The method with its arguments bound, ready to be called. */
type BoundCall = () => unknown;

/**
 * Does everything between the request and the method: origin checks, guards, payload, parameters.
 * Returns synchronously if none of them can be asynchronous.
 */
type Prepare = (ctx: RunContext, input: unknown) => BoundCall | Promise<BoundCall>;

async function passGuards(guards: readonly RunGuard[], ctx: RunContext): Promise<void> {
  for (const guard of guards) {
    const verdict: unknown = guard(ctx);
    // Only `true` admits, so that a guard that forgets to return a value does not admit every client.
    const answer = isPromise(verdict) ? await verdict : verdict;
    if (answer === true) continue;
    holdPromises(answer);
    throw new ForbiddenError();
  }
}

function guardsOf(definition: HandlerDefinition, options: ExecutionOptions): readonly RunGuard[] {
  const guards = enhancersOf(definition, options).guards.map((guard) => toGuard(guard, options));
  const { telemetry } = options;
  if (telemetry === undefined || guards.length === 0) return guards;
  return [observedGuard((ctx) => passGuards(guards, ctx), definition.where, telemetry)];
}

// The client may have disconnected while guards and validation ran.
function stopIfAborted(ctx: RunContext): void {
  ctx.lifetime.throwIfAborted();
}

function bind(instance: object, method: string | symbol, args: unknown[]): BoundCall {
  // Looked up at each call, not at startup, so that spies and proxies on an instance take effect.
  return () => (instance as Record<string | symbol, (...args: unknown[]) => unknown>)[method]?.(...args);
}

function preparation(definition: HandlerDefinition, options: ExecutionOptions): Prepare {
  const { method, where } = definition;
  const once = definition.declaration.once === true;
  const checkOrigin = originCheck(definition, options);
  const guards = guardsOf(definition, options);
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

/** The inputs from which the arguments of one call are made. */
interface CallInput {
  ctx: RunContext;
  /** The validated payload; `undefined` if the handler takes none. */
  payload: unknown;
  /** What the operation passes to handlers of its kind. */
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

/** Returns the function that makes a method's arguments: by its parameter decorators, else `(input, ctx)`. */
function argumentsOf(definition: HandlerDefinition): (call: CallInput) => unknown[] {
  const { params, declaration } = definition;
  if (params.size === 0) {
    const input = first(declaration.kind);
    return (call) => [input(call), call.ctx];
  }
  const resolvers: Resolve[] = [];
  for (const [index, source] of params) resolvers[index] = resolver(source);
  return (call) => resolvers.map((resolve) => resolve(call));
}

/** Whether the method uses custom parameter decorators, which may return promises. */
function hasCustomParams(definition: HandlerDefinition): boolean {
  return [...definition.params.values()].some(({ kind }) => kind === 'custom');
}

const asIs: ToEvents = (returned) => returned as HandlerResult;

/** Runs guards, payload validation and the method, without interceptors. */
function plainStream(prepare: Prepare): Handler['stream'] {
  return (ctx, observe, toEvents = asIs) =>
    observe(() => {
      const call = prepare(ctx, undefined);
      // The promise may resolve to any kind of handler result.
      return call instanceof Promise ? call.then((bound) => toEvents(bound())) : toEvents(call());
    }, ctx);
}

function interceptedStream(
  prepare: Prepare,
  interceptors: readonly RunInterceptor[],
  where: string,
): Handler['stream'] {
  return (ctx, observe, toEvents = asIs) => {
    const around = (call: BoundCall): Observable<EventDraft> =>
      intercepted(interceptors, ctx, where, () => observe(() => toEvents(call()), ctx));
    return defer(() => {
      const call = prepare(ctx, undefined);
      return call instanceof Promise ? from(call).pipe(switchMap(around)) : around(call);
    });
  };
}

function caller(prepare: Prepare, interceptors: readonly RunInterceptor[], where: string): Handler['call'] {
  return async (ctx, input) => {
    const call = await prepare(ctx, input);
    if (interceptors.length === 0) return call();
    const single = (): Observable<EventDraft> => defer(async () => (await call()) as EventDraft);
    // Interceptors work on streams of events; here the one value is passed through as an event.
    return lastValueFrom(intercepted(interceptors, ctx, where, single), { defaultValue: undefined });
  };
}

/**
 * Builds a handler from a definition that the scanner found and that has passed the startup checks.
 * Everything that does not depend on the request is done here, once.
 */
export function buildHandler(definition: HandlerDefinition, options: ExecutionOptions): Handler {
  const { where } = definition;
  const prepare = preparation(definition, options);
  const enhancers = enhancersOf(definition, options);
  const interceptors = enhancers.interceptors.map((interceptor) => toInterceptor(interceptor, options));
  const filters = enhancers.filters.map((filter) => toFilter(filter, options));

  const once = definition.declaration.once === true;
  const { telemetry } = options;
  const running =
    interceptors.length === 0 ? plainStream(prepare) : interceptedStream(prepare, interceptors, where);
  const seen = telemetry === undefined ? running : observedStream(running, where, telemetry);
  const bare = once ? releasingOnError(seen) : seen;
  const calling = caller(prepare, interceptors, where);
  const call = telemetry === undefined ? calling : observedCall(calling, where, telemetry);
  const stream =
    filters.length === 0
      ? bare
      : (ctx: RunContext, observe: Observe, toEvents?: ToEvents) =>
          filtered(bare(ctx, observe, toEvents), filters, ctx, observe);
  return Object.freeze({
    kind: definition.declaration.kind,
    where,
    stream,
    call: once ? releasingOnReject(call) : call,
  });
}

/** Answers a request that has no handler: applies the app's filters to the error. */
export type Refusal = (error: unknown, ctx: RunContext, observe: Observe) => Observable<EventDraft>;

export function buildRefusal(options: ExecutionOptions): Refusal {
  const filters = (options.filters ?? []).map((filter) => toFilter(filter, options));
  return (error, ctx, observe) =>
    filtered(
      throwError(() => error),
      filters,
      ctx,
      observe,
    );
}
