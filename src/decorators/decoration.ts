import type { AnyFunction } from '../metadata';

/** The part of a TC39 decorator context that is used here. */
export interface StandardContext<K extends string> {
  readonly kind: K;
  readonly name: string | symbol | undefined;
}

/** A decorator for methods with any signature, in both decorator systems. */
export interface MethodDecoration {
  <T extends (...args: never[]) => unknown>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<T>,
  ): void;
  (method: (...args: never[]) => unknown, context: StandardContext<'method'>): void;
}

/** A decorator for classes, in both decorator systems. */
export type ClassDecoration = (
  type: abstract new (...args: never[]) => object,
  context?: StandardContext<'class'>,
) => void;

/** A decorator for method parameters. TC39 has none, so these need `experimentalDecorators`. */
export type ParameterDecoration = (target: object, key: string | symbol | undefined, index: number) => void;

/** The position of a decorator. */
export interface Place {
  readonly target: AnyFunction;
  /** `ItemController.select`, or only `select` under TC39 decorators, which do not know the class. */
  readonly where: string;
}

/** The error for a decorator that is used incorrectly. */
export function misuse(decorator: string, where: string, message: string): TypeError {
  return new TypeError(`${decorator} on ${where}: ${message}`);
}
