import type { Class, FilterLike, GuardLike, InterceptorLike } from './contracts';
import type { HandlerDeclaration, ParamSource } from './models';
import type { AnyFunction } from './own-metadata';

/** One handler as the scanner found it: plain data, from which the handler is built. */
export interface HandlerDefinition {
  readonly controller: Class;
  /** Set if the app passed an instance instead of a class. */
  readonly instance: object | undefined;
  readonly method: string | symbol;
  /** Class and method, for messages: `ItemController.select`. */
  readonly where: string;
  readonly declaration: HandlerDeclaration;
  /** The declaration's patterns with the controller's prefix. */
  readonly patterns: readonly (string | RegExp)[];
  /** The function that runs. */
  readonly implementation: AnyFunction;
  /** The function whose parameters the metadata describes: a parent's if an override has no decorators. */
  readonly signature: AnyFunction;
  readonly params: ReadonlyMap<number, ParamSource>;
  /** The parameter types that the compiler emitted; `undefined` if it emitted none. */
  readonly paramTypes: readonly unknown[] | undefined;
  /** Of controller and method, outermost first. */
  readonly guards: readonly GuardLike[];
  /** Of controller and method, outermost first. */
  readonly interceptors: readonly InterceptorLike[];
  /** Of method and controller, innermost first. */
  readonly filters: readonly FilterLike[];
}
