import type { MethodMetadata } from './models';
import { methodMetadata, type AnyFunction } from './own-metadata';

/** A method as one class of the inheritance chain declares it. */
export interface MethodLayer {
  readonly prototype: object;
  readonly method: AnyFunction;
  readonly metadata: MethodMetadata | undefined;
}

/** The prototypes of a class, its own first, without Object's. */
export function prototypesOf(prototype: object): object[] {
  const chain: object[] = [];
  for (let current: unknown = prototype; current !== null && current !== Object.prototype;) {
    chain.push(current as object);
    current = Object.getPrototypeOf(current);
  }
  return chain;
}

function ownMethod(prototype: object, name: string | symbol): AnyFunction | undefined {
  const value: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value;
  return typeof value === 'function' ? (value as AnyFunction) : undefined;
}

/** All names that the classes of the chain declare: own ones first, in declaration order. */
export function methodNames(prototypes: readonly object[]): Set<string | symbol> {
  const names = new Set(prototypes.flatMap((prototype) => Reflect.ownKeys(prototype)));
  names.delete('constructor');
  return names;
}

/**
 * A method's declarations along the inheritance chain, starting with the one that runs. An override with a
 * handler decorator ends the list, since it replaces the decorators of its parents.
 */
export function methodLayers(prototypes: readonly object[], name: string | symbol): MethodLayer[] {
  const layers: MethodLayer[] = [];
  for (const prototype of prototypes) {
    if (!Object.hasOwn(prototype, name)) continue;
    const method = ownMethod(prototype, name);
    if (method === undefined) break;
    const metadata = methodMetadata(method);
    layers.push({ prototype, method, metadata });
    if (metadata !== undefined && metadata.handlers.length > 0) break;
  }
  return layers;
}
