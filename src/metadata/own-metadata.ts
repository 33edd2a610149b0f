import { CLASS_METADATA, METHOD_METADATA } from './keys';
import type { ClassMetadata, MethodMetadata } from './models';

/** A method or constructor function with any signature. */
export type AnyFunction = ((...args: never[]) => unknown) | (abstract new (...args: never[]) => unknown);

const EMPTY_METHOD: MethodMetadata = Object.freeze({
  handlers: [],
  params: new Map(),
  guards: [],
  interceptors: [],
  filters: [],
});

const EMPTY_CLASS: ClassMetadata = Object.freeze({ guards: [], interceptors: [], filters: [] });

// Own properties only: metadata of a parent class, or of a wrapped function's original, is not included.
function readOwn(target: object, key: symbol): unknown {
  return Object.getOwnPropertyDescriptor(target, key)?.value;
}

function writeOwn(target: object, key: symbol, value: object): void {
  Object.defineProperty(target, key, { value: Object.freeze(value), configurable: true });
}

/** The metadata that decorators wrote on this function itself. */
export function methodMetadata(method: AnyFunction): MethodMetadata | undefined {
  return readOwn(method, METHOD_METADATA) as MethodMetadata | undefined;
}

/** Replaces a method's metadata with a changed copy; existing references keep the old one. */
export function changeMethodMetadata(
  method: AnyFunction,
  change: (current: MethodMetadata) => Partial<MethodMetadata>,
): void {
  const current = methodMetadata(method) ?? EMPTY_METHOD;
  writeOwn(method, METHOD_METADATA, { ...current, ...change(current) });
}

/** The metadata that decorators wrote on this class itself, without that of its parents. */
export function classMetadata(type: AnyFunction): ClassMetadata | undefined {
  return readOwn(type, CLASS_METADATA) as ClassMetadata | undefined;
}

/** Replaces a class's metadata with a changed copy. */
export function changeClassMetadata(
  type: AnyFunction,
  change: (current: ClassMetadata) => Partial<ClassMetadata>,
): void {
  const current = classMetadata(type) ?? EMPTY_CLASS;
  writeOwn(type, CLASS_METADATA, { ...current, ...change(current) });
}
