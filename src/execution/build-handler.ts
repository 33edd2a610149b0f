import { defer, from, lastValueFrom, switchMap, throwError, type Observable } from 'rxjs';
import type { EventDraft, HandlerResult, RunContext } from '../context';
import type { HandlerDefinition } from '../metadata';
import { filtered } from './catch';
import { toFilter, toInterceptor, type RunInterceptor } from './enhancers';
import { enhancersOf } from './enhancers-of';
import type { Handler, Observe, ToEvents } from './handler';
import { intercepted } from './intercept';
import { releasingOnError, releasingOnReject } from './one-use';
import type { ExecutionOptions } from './options';
import { preparation, type BoundCall, type Prepare } from './prepare';

const asIs: ToEvents = (returned) => returned as HandlerResult;

/** Guards, payload and method in one start, with nothing around it. */
function plainStream(prepare: Prepare): Handler['stream'] {
  return (ctx, observe, toEvents = asIs) =>
    observe(() => {
      const call = prepare(ctx, undefined);
      // A promise's result may be anything that a result may be.
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
    // Interceptors are written for events; here the one value takes their place.
    return lastValueFrom(intercepted(interceptors, ctx, where, single), { defaultValue: undefined });
  };
}

/**
 * Builds a handler of what the scanner found: everything that does not depend on the request happens
 * now. The definition has passed the startup checks.
 */
export function buildHandler(definition: HandlerDefinition, options: ExecutionOptions): Handler {
  const { where } = definition;
  const prepare = preparation(definition, options);
  const enhancers = enhancersOf(definition, options);
  const interceptors = enhancers.interceptors.map((interceptor) => toInterceptor(interceptor, options));
  const filters = enhancers.filters.map((filter) => toFilter(filter, options));

  const once = definition.declaration.once === true;
  const running =
    interceptors.length === 0 ? plainStream(prepare) : interceptedStream(prepare, interceptors, where);
  const bare = once ? releasingOnError(running) : running;
  const call = caller(prepare, interceptors, where);
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

/** Answers for which there is no handler: what the application's own filters make of the error. */
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
