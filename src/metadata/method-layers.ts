import type { MethodMetadata } from './models';
import { methodMetadata, type AnyFunction } from './own-metadata';

/** A method as one class of the chain declares it. */
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

/** Every name that a class of the chain declares: own ones first, each in order of declaration. */
export function methodNames(prototypes: readonly object[]): Set<string | symbol> {
  const names = new Set(prototypes.flatMap((prototype) => Reflect.ownKeys(prototype)));
  names.delete('constructor');
  return names;
}

/**
 * A method's declarations along the chain, the one that runs first, down to the one whose decorators
 * count: an override with a handler decorator of its own ends the list, for it replaces what its
 * parents say.
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
