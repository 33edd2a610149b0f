import type { Observable } from 'rxjs';
import type { EventDraft, HandlerResult, RunContext } from '../context';
import {
  isClass,
  isWrittenAsClass,
  type Class,
  type FilterLike,
  type GuardLike,
  type InterceptorLike,
} from '../metadata';
import { provide } from './instances';
import { isPromise } from '../store';
import type { ExecutionOptions } from './options';

export type EnhancerLike = GuardLike | InterceptorLike | FilterLike;
export type EnhancerMethod = 'canActivate' | 'intercept' | 'catch';

type Call<A extends unknown[], R> = (...args: A) => R | Promise<R>;
type Objects<A extends unknown[], R> = Record<EnhancerMethod, Call<A, R>>;

/** Whether an enhancer is a class to instantiate, rather than a function to call. */
export function isEnhancerClass(value: unknown, method: EnhancerMethod): value is Class {
  return isWrittenAsClass(value) || (isClass(value) && method in value.prototype);
}

/** The enhancer's name in messages and in the registry. */
export function enhancerName(value: EnhancerLike): string {
  const name = typeof value === 'function' ? value.name : value.constructor.name;
  return name === '' ? 'anonymous' : name;
}

/** Converts an enhancer of any form to a function. `ctxOf` picks the context from the arguments. */
function toFunction<A extends unknown[], R>(
  enhancer: EnhancerLike,
  method: EnhancerMethod,
  ctxOf: (args: A) => RunContext,
  options: ExecutionOptions,
): Call<A, R> {
  if (!isEnhancerClass(enhancer, method)) {
    if (typeof enhancer === 'function') return enhancer as unknown as Call<A, R>;
    const object = enhancer as unknown as Objects<A, R>;
    return (...args) => object[method](...args);
  }
  const provider = provide(enhancer as Class as Class<Objects<A, R>>, options);
  if ('instance' in provider) return (...args) => provider.instance[method](...args);
  return (...args) => {
    const object = provider.get(ctxOf(args));
    return isPromise(object)
      ? Promise.resolve(object).then((made) => made[method](...args))
      : object[method](...args);
  };
}

export type RunGuard = (ctx: RunContext) => boolean | Promise<boolean>;
export type RunInterceptor = (
  ctx: RunContext,
  next: () => Observable<EventDraft>,
) => Observable<EventDraft> | Promise<Observable<EventDraft>>;
export type RunFilter = (error: unknown, ctx: RunContext) => HandlerResult;

export function toGuard(guard: GuardLike, options: ExecutionOptions): RunGuard {
  return toFunction<[RunContext], boolean>(guard, 'canActivate', ([ctx]) => ctx, options);
}

export function toInterceptor(interceptor: InterceptorLike, options: ExecutionOptions): RunInterceptor {
  return toFunction<[RunContext, () => Observable<EventDraft>], Observable<EventDraft>>(
    interceptor,
    'intercept',
    ([ctx]) => ctx,
    options,
  );
}

export function toFilter(filter: FilterLike, options: ExecutionOptions): RunFilter {
  return toFunction<[unknown, RunContext], unknown>(filter, 'catch', ([, ctx]) => ctx, options) as RunFilter;
}
