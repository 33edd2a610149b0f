import { changeMethodMetadata, methodMetadata, type AnyFunction } from '../metadata';
import { misuse, type Place } from './decoration';

function isFunction(value: unknown): value is AnyFunction {
  return typeof value === 'function';
}

function isStandardContext(value: unknown): value is { kind: string; name: string | symbol | undefined } {
  return typeof value === 'object' && value !== null && 'kind' in value && 'name' in value;
}

function hasFlag(context: object, flag: 'static' | 'private'): boolean {
  return flag in context && (context as Record<typeof flag, unknown>)[flag] === true;
}

function standardMethod(
  decorator: string,
  target: unknown,
  context: { kind: string; name: string | symbol | undefined },
): Place {
  const where = String(context.name);
  if (context.kind !== 'method' || !isFunction(target)) {
    throw misuse(decorator, where, `it belongs on a method, but this is a ${context.kind}.`);
  }
  if (hasFlag(context, 'static'))
    throw misuse(decorator, where, 'the method is static; handlers are called on an instance.');
  if (hasFlag(context, 'private'))
    throw misuse(decorator, where, 'the method is private (#); it cannot be called from outside.');
  return { target, where };
}

/** The method of a legacy decorator's `target` and `key`. Throws an error if there is none. */
function legacyMethod(decorator: string, target: object, key: string | symbol, value: unknown): Place {
  if (isFunction(target)) {
    throw misuse(
      decorator,
      `${target.name}.${String(key)}`,
      'the method is static; handlers are called on an instance.',
    );
  }
  const where = `${target.constructor.name}.${String(key)}`;
  if (!isFunction(value))
    throw misuse(decorator, where, 'it belongs on a method, not on an accessor or a property.');
  return { target: value, where };
}

function ownValue(target: object, key: string | symbol): unknown {
  return Object.getOwnPropertyDescriptor(target, key)?.value;
}

/**
 * Copies the metadata of parameter decorators, which see the declared method. A decorator below may have put
 * a wrapper into the descriptor.
 */
function adoptParams(wrapper: AnyFunction, declared: unknown): void {
  if (wrapper === declared || !isFunction(declared) || methodMetadata(wrapper) !== undefined) return;
  const metadata = methodMetadata(declared);
  if (metadata !== undefined) changeMethodMetadata(wrapper, () => metadata);
}

/** The method that a decorator is on, from the arguments of either decorator system. */
export function methodPlace(
  decorator: string,
  target: unknown,
  keyOrContext: unknown,
  descriptor: unknown,
): Place {
  if (isStandardContext(keyOrContext)) return standardMethod(decorator, target, keyOrContext);
  if (typeof target !== 'object' && typeof target !== 'function')
    throw misuse(decorator, typeof target, 'it belongs on a method.');
  if (target === null || keyOrContext === undefined) {
    throw misuse(
      decorator,
      isFunction(target) ? target.name : 'null',
      'it belongs on a method, not on a class.',
    );
  }
  const key = keyOrContext as string | symbol;
  const value =
    typeof descriptor === 'object' && descriptor !== null && 'value' in descriptor
      ? descriptor.value
      : undefined;
  const place = legacyMethod(decorator, target, key, value);
  adoptParams(place.target, ownValue(target, key));
  return place;
}

/** The method that a legacy parameter decorator is on. */
export function parameterPlace(decorator: string, target: object, key: string | symbol | undefined): Place {
  if (key === undefined) {
    const where = isFunction(target) ? target.name : target.constructor.name;
    throw misuse(decorator, where, 'it belongs on a parameter of a method, not of the constructor.');
  }
  return legacyMethod(decorator, target, key, ownValue(target, key));
}

/** The class that a decorator is on, or `undefined` if it is not on a class. */
export function classPlace(target: unknown, keyOrContext: unknown): Place | undefined {
  const onClass =
    keyOrContext === undefined || (isStandardContext(keyOrContext) && keyOrContext.kind === 'class');
  return onClass && isFunction(target) ? { target, where: target.name } : undefined;
}
