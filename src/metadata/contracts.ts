import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Observable } from 'rxjs';
import type { ChatContext, EventDraft, HandlerResult, TakesContext } from '../context';

/** A class with any constructor arguments. */
export type Class<T = object> = new (...args: never[]) => T;

/**
 * The type of a payload: a class with class-validator decorators, a Standard Schema (zod, valibot,
 * arktype), or `'unchecked'`, which passes the payload on without validation.
 */
export type PayloadType<T = unknown> = Class<T & object> | StandardSchemaV1<unknown, T> | 'unchecked';

/**
 * Decides whether a handler may run. Any result but `true` is answered with "Permission denied."; throw a
 * `ForbiddenError` for another message.
 */
export interface Guard {
  canActivate: TakesContext<[ctx: ChatContext], boolean | Promise<boolean>>;
}
/** A {@link Guard} as a function. */
export type GuardFunction = Guard['canActivate'];

/**
 * Wraps a handler's stream of events, before they are completed and persisted. `next()` runs the rest of
 * the chain; it may be called only once.
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

/** Turns an error into events. If it returns `undefined`, the next outer filter gets the error. */
export interface Filter {
  catch: TakesContext<[error: unknown, ctx: ChatContext], HandlerResult>;
}
/** A {@link Filter} as a function. */
export type FilterFunction = Filter['catch'];

/** The argument of `@UseGuards`: a guard, its class, or a function. */
export type GuardLike = Guard | GuardFunction | Class<Guard>;
/** The argument of `@UseInterceptors`: an interceptor, its class, or a function. */
export type InterceptorLike = Interceptor | InterceptorFunction | Class<Interceptor>;
/** The argument of `@UseFilters`: a filter, its class, or a function. */
export type FilterLike = Filter | FilterFunction | Class<Filter>;

/** A class as DI containers type it. Their types do not accept `never[]`. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as in their types
export type InjectableClass<T extends object = object> = new (...args: any[]) => T;

/**
 * A function that returns an instance of a class for one request. It makes the controllers, guards,
 * interceptors and filters.
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

/** A container with `get`, as in typedi, inversify and Nest (`ModuleRef`). */
export interface GetContainer extends WithChildren {
  get<T extends object>(type: InjectableClass<T>): T | Promise<T>;
}

/** A container with `resolve`, as in tsyringe. */
export interface ResolveContainer extends WithChildren {
  resolve<T extends object>(type: InjectableClass<T>): T | Promise<T>;
}

/** Makes controllers, guards, interceptors and filters. If an object has both methods, `get` is called. */
export type Container = ContainerFunction | GetContainer | ResolveContainer;
