import { type Operation } from './bind';
import { braceFormat } from './brace-format';
import { DICT_METHODS, LIST_METHODS, TUPLE_METHODS } from './collection-methods';
import { dictKey } from '../values/operators';
import { repr } from '../values/print';
import { textOf } from '../values/text';
import { TEXT_METHODS } from './text-methods';
import {
  Callable,
  characterAt,
  Host,
  isFloat,
  isNumber,
  isText,
  plainText,
  toNumber,
  Tuple,
  typeName,
  Undefined,
  View,
  type Value,
} from '../values/values';

const NO_METHODS: ReadonlyMap<string, Operation> = new Map();

const ALL_TEXT_METHODS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ...TEXT_METHODS,
  [
    'format',
    (text, args, kwargs) =>
      braceFormat(textOf(text), args, kwargs, (object, name, isItem) =>
        isItem ? getItem(object, /^\d+$/.test(name) ? Number(name) : name) : hostAttribute(object, name),
      ),
  ],
]);

function methodsOf(value: Value): ReadonlyMap<string, Operation> {
  if (value instanceof Map) return DICT_METHODS;
  if (value instanceof Tuple) return TUPLE_METHODS;
  if (Array.isArray(value)) return LIST_METHODS;
  return isText(value) ? ALL_TEXT_METHODS : NO_METHODS;
}

/**
 * An object's own method, or an attribute of a host object. JavaScript's own properties are never accessible.
 */
function ownAttribute(object: Value, name: string): Value | undefined {
  if (object instanceof Host) return object.attribute?.(name);
  const method = methodsOf(object).get(name);
  if (method === undefined) return object instanceof Group ? object.attribute(name) : undefined;
  return new Callable(name, (args, kwargs) => method(object, args, kwargs));
}

/** An attribute in the strict sense: dict entries are not considered. */
export function hostAttribute(object: Value, name: string): Value {
  if (object instanceof Undefined) return object.fail();
  const own = object instanceof Host || object instanceof Group ? ownAttribute(object, name) : undefined;
  return own === undefined ? missing(object, name) : own;
}

/** An element of the result of `groupby`: a pair with named elements. */
export class Group extends Tuple {
  attribute(name: string): Value | undefined {
    return name === 'grouper' ? this[0] : name === 'list' ? this[1] : undefined;
  }
}

function ownItem(object: Value, key: Value): Value | undefined {
  if (object instanceof Map) return isHashable(key) ? object.get(dictKey(key)) : undefined;
  if (!isNumber(key) || isFloat(key)) return undefined;
  const index = toNumber(key);
  if (isText(object)) return characterAt(plainText(object), index);
  if (Array.isArray(object)) return (object as readonly Value[]).at(index);
  return object instanceof View && object.type === 'range' ? object.items.at(index) : undefined;
}

const isHashable = (key: Value): boolean =>
  !(key instanceof Map) && (!Array.isArray(key) || key instanceof Tuple);

/** `object.name`: as in Jinja2, a method takes precedence over an entry of the same name. */
export function getAttribute(object: Value, name: string): Value {
  if (object instanceof Undefined) return object.fail();
  return found(ownAttribute(object, name), () => ownItem(object, name), object, name);
}

/** `object[key]`: an entry takes precedence over a method of the same name. */
export function getItem(object: Value, key: Value): Value {
  if (object instanceof Undefined) return object.fail();
  const byName = (): Value | undefined => (isText(key) ? ownAttribute(object, plainText(key)) : undefined);
  return found(ownItem(object, key), byName, object, key);
}

/** Does not use `??`, since None is null. */
function found(first: Value | undefined, second: () => Value | undefined, object: Value, key: Value): Value {
  if (first !== undefined) return first;
  const other = second();
  return other === undefined ? missing(object, key) : other;
}

export function missing(object: Value, key: Value): Undefined {
  const type = object === null ? 'None' : `${typeName(object)} object`;
  if (!isText(key)) return new Undefined(`${type} has no element ${repr(key)}`);
  return new Undefined(`'${type}' has no attribute '${plainText(key)}'`);
}
