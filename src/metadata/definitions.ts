import type { Class, FilterLike, GuardLike, InterceptorLike } from './contracts';
import type { HandlerDeclaration, ParamSource } from './models';
import type { AnyFunction } from './own-metadata';

/** One handler as the scanner found it: plain data, from which a handler is built. */
export interface HandlerDefinition {
  readonly controller: Class;
  /** There when the application gave an instance and not a class. */
  readonly instance: object | undefined;
  readonly method: string | symbol;
  /** For people: `ItemController.select`. */
  readonly where: string;
  readonly declaration: HandlerDeclaration;
  /** The declaration's patterns as they are matched: the controller's prefix joined. */
  readonly patterns: readonly (string | RegExp)[];
  /** The function that runs. */
  readonly implementation: AnyFunction;
  /** The function whose parameters the metadata describes: a parent's, where an override has no decorators. */
  readonly signature: AnyFunction;
  readonly params: ReadonlyMap<number, ParamSource>;
  /** What the compiler emitted of the parameters' types; `undefined` where it emitted nothing. */
  readonly paramTypes: readonly unknown[] | undefined;
  /** Of controller and method, outermost first. */
  readonly guards: readonly GuardLike[];
  /** Of controller and method, outermost first. */
  readonly interceptors: readonly InterceptorLike[];
  /** Of method and controller, innermost first. */
  readonly filters: readonly FilterLike[];
}
