import { listReader } from '../../decorators';
import type { Class, ValidationMetadata } from '../../metadata';
import { transformsOf, typeMetadata } from './transformer-metadata';
import { validatorName } from './validator-metadata';

/** What kind of value holds what is validated: one object, a list (also a Set), a Map made of an object. */
export type Shape = 'object' | 'list' | 'map';

/**
 * class-validator validates whatever is there: an object where a list is meant, each object of a list
 * where one object is meant, a lone value where `{ each: true }` is said. What is meant is read here.
 */
export interface Shapes {
  /** What `@ValidateNested` is about. */
  readonly nested: Shape;
  /** Whether the entries of that list are lists in their turn. */
  readonly ofLists: boolean;
  /** What a rule with `{ each: true }` is about; `undefined` where that may be one value or several. */
  readonly each: Shape | undefined;
}

// `Reflect.getMetadata` is there when the application has loaded reflect-metadata.
const reflect = Reflect as {
  getMetadata?: (key: string, target: object, property: string) => unknown;
};

/** What the compiler emitted as a property's type; `undefined` where it emits none. */
export function emittedType(type: Class, property: string): unknown {
  return reflect.getMetadata?.('design:type', type.prototype as object, property);
}

function isListType(type: unknown): boolean {
  if (type === Array || type === Set) return true;
  const prototype: unknown = typeof type === 'function' ? type.prototype : undefined;
  return prototype instanceof Array || prototype instanceof Set;
}

/** The shapes that a property's decorators and type ask for. */
export function shapesOf(type: Class, property: string, decorators: readonly ValidationMetadata[]): Shapes {
  const emitted = emittedType(type, property);
  const isEach = decorators.some(({ each }) => each);
  const aboutLists = decorators.filter((each) => /^(isArray$|array[A-Z])/.test(validatorName(each)));
  const ofLists = aboutLists.some(({ each }) => each);
  if (emitted === Map) {
    const isMade = typeMetadata(type, property) !== undefined; // else it stays an object
    return { nested: 'map', ofLists, each: isMade ? 'map' : undefined };
  }
  if (isListType(emitted)) return { nested: 'list', ofLists, each: 'list' };
  if (emitted !== undefined && emitted !== Object) return { nested: 'object', ofLists, each: undefined };
  const isList = isEach || aboutLists.length > 0 || transformsOf(type, property).some(listReader);
  return {
    nested: isList ? 'list' : 'object',
    ofLists,
    // Where types are emitted, Object says that there are several.
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

/** How a shape is called where another came. */
export function shapeName(shape: Shape): string {
  return shape === 'list' ? 'an array' : 'an object';
}
