import { listReader } from '../../decorators';
import type { Class, ValidationMetadata } from '../../metadata';
import { transformsOf, typeMetadata } from './transformer-metadata';
import { validatorName } from './validator-metadata';

/** The kind of a validated value: one object, a list (array or Set), or a Map made from an object. */
export type Shape = 'object' | 'list' | 'map';

/**
 * class-validator accepts any of these: an object in place of a list, a list in place of an object, and
 * a single value with `{ each: true }`. The shapes here are the ones that the class declares.
 */
export interface Shapes {
  /** The shape that `@ValidateNested` expects. */
  readonly nested: Shape;
  /** Whether the entries of that list are lists too. */
  readonly ofLists: boolean;
  /** The shape that a rule with `{ each: true }` expects; `undefined` if one value or several are allowed. */
  readonly each: Shape | undefined;
}

// `Reflect.getMetadata` exists if the app has loaded reflect-metadata.
const reflect = Reflect as {
  getMetadata?: (key: string, target: object, property: string) => unknown;
};

/** The type that the compiler emitted for a property; `undefined` if it emitted none. */
export function emittedType(type: Class, property: string): unknown {
  return reflect.getMetadata?.('design:type', type.prototype as object, property);
}

function isListType(type: unknown): boolean {
  if (type === Array || type === Set) return true;
  const prototype: unknown = typeof type === 'function' ? type.prototype : undefined;
  return prototype instanceof Array || prototype instanceof Set;
}

/** The shapes that a property's decorators and type declare. */
export function shapesOf(type: Class, property: string, decorators: readonly ValidationMetadata[]): Shapes {
  const emitted = emittedType(type, property);
  const isEach = decorators.some(({ each }) => each);
  const aboutLists = decorators.filter((each) => /^(isArray$|array[A-Z])/.test(validatorName(each)));
  const ofLists = aboutLists.some(({ each }) => each);
  if (emitted === Map) {
    const isMade = typeMetadata(type, property) !== undefined; // without `@Type` it stays an object
    return { nested: 'map', ofLists, each: isMade ? 'map' : undefined };
  }
  if (isListType(emitted)) return { nested: 'list', ofLists, each: 'list' };
  if (emitted !== undefined && emitted !== Object) return { nested: 'object', ofLists, each: undefined };
  const isList = isEach || aboutLists.length > 0 || transformsOf(type, property).some(listReader);
  return {
    nested: isList ? 'list' : 'object',
    ofLists,
    // An emitted `Object` stands for a union, so one value or several are allowed.
    each: emitted === undefined ? 'list' : undefined,
  };
}

/** Whether a value is of a shape. */
export function hasShape(value: unknown, shape: Shape): boolean {
  switch (shape) {
    case 'list':
      return Array.isArray(value) || value instanceof Set;
    case 'map':
      return value instanceof Map;
    case 'object':
      return (
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        !(value instanceof Set || value instanceof Map)
      );
  }
}

/** The shape's name in messages. */
export function shapeName(shape: Shape): string {
  return shape === 'list' ? 'an array' : 'an object';
}
