import {
  changeClassMetadata,
  changeMethodMetadata,
  isClass,
  type ClassMetadata,
  type FilterLike,
  type GuardLike,
  type InterceptorLike,
} from '../metadata';
import { misuse, type ClassDecoration, type MethodDecoration } from './decoration';
import { classPlace, methodPlace } from './place';

type Enhancers = Pick<ClassMetadata, 'guards' | 'interceptors' | 'filters'>;

function isEnhancer(value: unknown, method: string): boolean {
  if (typeof value === 'function') return true;
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Record<string, unknown>)[method] === 'function'
  );
}

function check(decorator: string, where: string, given: readonly unknown[], method: string): void {
  if (given.length === 0) throw misuse(decorator, where, 'it has no arguments.');
  for (const value of given) {
    if (isEnhancer(value, method)) continue;
    const got = isClass(value) ? value.name : String(value);
    throw misuse(
      decorator,
      where,
      `each must be a function, a class or an object with ${method}(), got ${got}.`,
    );
  }
}

function uses(
  decorator: string,
  given: readonly unknown[],
  method: string,
  add: (current: Enhancers) => Partial<Enhancers>,
): ClassDecoration & MethodDecoration {
  return (target: unknown, keyOrContext?: unknown, descriptor?: unknown) => {
    const onClass = classPlace(target, keyOrContext);
    const place = onClass ?? methodPlace(decorator, target, keyOrContext, descriptor);
    check(decorator, place.where, given, method);
    if (onClass === undefined) changeMethodMetadata(place.target, add);
    else changeClassMetadata(place.target, add);
  };
}

/**
 * Guards decide, before anything else, whether the handler may run. On a class they apply to all of its
 * handlers. The app's guards run first, then the controller's, then the method's.
 *
 * @throws TypeError when an argument is not a guard.
 * @example
 * const admins: GuardFunction = (ctx) => ctx.requestContext.role === 'admin';
 *
 * `@OnAction('dangerous.action')` `@UseGuards(admins)`
 * danger() { return assistantMessage('Done.'); }
 */
export function UseGuards(...guards: GuardLike[]): ClassDecoration & MethodDecoration {
  return uses('@UseGuards', guards, 'canActivate', (current) => ({
    guards: Object.freeze([...guards, ...current.guards]),
  }));
}

/**
 * Interceptors wrap the handler's events. The first one is the outermost.
 *
 * @throws TypeError when an argument is not an interceptor.
 * @example
 * `@UseInterceptors((ctx, next) => next().pipe(tap((event) => ctx.log.debug({ event }, 'yielded'))))`
 */
export function UseInterceptors(...interceptors: InterceptorLike[]): ClassDecoration & MethodDecoration {
  return uses('@UseInterceptors', interceptors, 'intercept', (current) => ({
    interceptors: Object.freeze([...interceptors, ...current.interceptors]),
  }));
}

/**
 * Filters turn errors into events. The first filter that returns a result wins. The method's filters run
 * first, then the controller's, then the app's.
 *
 * @throws TypeError when an argument is not a filter.
 * @example
 * `@UseFilters(assistantMessageFilter)`
 */
export function UseFilters(...filters: FilterLike[]): ClassDecoration & MethodDecoration {
  return uses('@UseFilters', filters, 'catch', (current) => ({
    filters: Object.freeze([...filters, ...current.filters]),
  }));
}
