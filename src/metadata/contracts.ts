import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Observable } from 'rxjs';
import type { ChatContext, EventDraft, HandlerResult, TakesContext } from '../context';

/** A class, of whichever constructor arguments. */
export type Class<T = object> = new (...args: never[]) => T;

/**
 * What a payload must be: a class with class-validator decorators, a Standard Schema (zod, valibot,
 * arktype), or `'unchecked'`, which passes the payload on as it came.
 */
export type PayloadType<T = unknown> = Class<T & object> | StandardSchemaV1<unknown, T> | 'unchecked';

/** Decides whether a handler may run. `false` is answered as "Permission denied."; throw to say more. */
export interface Guard {
  canActivate: TakesContext<[ctx: ChatContext], boolean | Promise<boolean>>;
}
/** A {@link Guard} as a function. */
export type GuardFunction = Guard['canActivate'];

/**
 * Stands around a handler's events, before they are completed and persisted. `next` may be called
 * once.
 *
 * @example
 * const timed: InterceptorFunction = (ctx, next) => {
 *   const start = performance.now();
 *   return next().pipe(finalize(() => ctx.log.info({ ms: performance.now() - start }, 'handled')));
 * };
 */
export interface Interceptor {
  intercept: TakesContext<
    [ctx: ChatContext, next: () => Observable<EventDraft>],
    Observable<EventDraft> | Promise<Observable<EventDraft>>
  >;
}
/** An {@link Interceptor} as a function. */
export type InterceptorFunction = Interceptor['intercept'];

/** Turns an error into events. Returning `undefined` leaves the error to the next filter outwards. */
export interface Filter {
  catch: TakesContext<[error: unknown, ctx: ChatContext], HandlerResult>;
}
/** A {@link Filter} as a function. */
export type FilterFunction = Filter['catch'];

/** What `@UseGuards` takes: a guard, its class, or a function. */
export type GuardLike = Guard | GuardFunction | Class<Guard>;
/** What `@UseInterceptors` takes: an interceptor, its class, or a function. */
export type InterceptorLike = Interceptor | InterceptorFunction | Class<Interceptor>;
/** What `@UseFilters` takes: a filter, its class, or a function. */
export type FilterLike = Filter | FilterFunction | Class<Filter>;

/** A class as containers name it. Their types take no `never[]`. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as they write it
export type InjectableClass<T extends object = object> = new (...args: any[]) => T;

/**
 * Gives an object of a class, for one request: any way of making controllers, guards, interceptors and
 * filters.
 *
 * @example
 * container: (type) => awilix.build(type)
 */
export type ContainerFunction = <T extends object>(
  type: InjectableClass<T>,
  ctx: ChatContext,
) => T | Promise<T>;

interface WithChildren {
  /** A container for one request; `dispose` is called when its run has ended. */
  child?(ctx: ChatContext): Container & { dispose?(): void | Promise<void> };
}

/** A container as typedi, inversify and Nest (`ModuleRef`) have it. */
export interface GetContainer extends WithChildren {
  get<T extends object>(type: InjectableClass<T>): T | Promise<T>;
}

/** A container as tsyringe has it. */
export interface ResolveContainer extends WithChildren {
  resolve<T extends object>(type: InjectableClass<T>): T | Promise<T>;
}

/** Makes controllers, guards, interceptors and filters. Of an object that has both methods, `get` is called. */
export type Container = ContainerFunction | GetContainer | ResolveContainer;
