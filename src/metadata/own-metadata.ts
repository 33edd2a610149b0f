import { CLASS_METADATA, METHOD_METADATA } from './keys';
import type { ClassMetadata, MethodMetadata } from './models';

/** A method or constructor function, of whichever signature. */
export type AnyFunction = ((...args: never[]) => unknown) | (abstract new (...args: never[]) => unknown);

const EMPTY_METHOD: MethodMetadata = Object.freeze({
  handlers: [],
  params: new Map(),
  guards: [],
  interceptors: [],
  filters: [],
});

const EMPTY_CLASS: ClassMetadata = Object.freeze({ guards: [], interceptors: [], filters: [] });

// Own properties only: what a parent class or the original of a wrapped function carries is not ours.
function readOwn(target: object, key: symbol): unknown {
  return Object.getOwnPropertyDescriptor(target, key)?.value;
}

function writeOwn(target: object, key: symbol, value: object): void {
  Object.defineProperty(target, key, { value: Object.freeze(value), configurable: true });
}

/** What decorators wrote on this very function. */
export function methodMetadata(method: AnyFunction): MethodMetadata | undefined {
  return readOwn(method, METHOD_METADATA) as MethodMetadata | undefined;
}

/** Replaces a method's metadata by a changed copy; what others hold of it stays as it was. */
export function changeMethodMetadata(
  method: AnyFunction,
  change: (current: MethodMetadata) => Partial<MethodMetadata>,
): void {
  const current = methodMetadata(method) ?? EMPTY_METHOD;
  writeOwn(method, METHOD_METADATA, { ...current, ...change(current) });
}

/** What decorators wrote on this very class, without what its parents carry. */
export function classMetadata(type: AnyFunction): ClassMetadata | undefined {
  return readOwn(type, CLASS_METADATA) as ClassMetadata | undefined;
}

/** Replaces a class's metadata by a changed copy. */
export function changeClassMetadata(
  type: AnyFunction,
  change: (current: ClassMetadata) => Partial<ClassMetadata>,
): void {
  const current = classMetadata(type) ?? EMPTY_CLASS;
  writeOwn(type, CLASS_METADATA, { ...current, ...change(current) });
}
