import { JinjaError } from '../jinja-error';
import { percentFormat } from './percent-format';
import { escapeHtml } from './escape-html';
import { str } from './print';
import {
  float,
  isFloat,
  isList,
  isNumber,
  isText,
  iterate,
  Markup,
  plainText,
  toNumber,
  Tuple,
  tuple,
  typeName,
  Undefined,
  View,
  type Value,
} from './values';

/** Python's truth value: zero, empty text, empty collections and None are false. */
export function truth(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (value === null) return false;
  if (isNumber(value)) return toNumber(value) !== 0;
  if (isText(value)) return plainText(value) !== '';
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Map) return value.size > 0;
  if (value instanceof View) return value.items.length > 0;
  if (value instanceof Undefined) return value.orEmpty(false);
  return true;
}

export function equal(a: Value, b: Value): boolean {
  if (a instanceof Undefined) return a.orEmpty(b instanceof Undefined && b.orEmpty(true));
  if (b instanceof Undefined) return b.orEmpty(false);
  if (a === b) return true;
  if (isNumber(a) && isNumber(b)) return toNumber(a) === toNumber(b);
  if (isText(a) && isText(b)) return plainText(a) === plainText(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return (
      a instanceof Tuple === b instanceof Tuple &&
      a.length === b.length &&
      (a as readonly Value[]).every((item, index) => same(item, b[index] as Value))
    );
  }
  if (a instanceof Map && b instanceof Map) {
    return a.size === b.size && [...a].every(([key, item]) => b.has(key) && same(item, b.get(key) as Value));
  }
  if (a instanceof View && b instanceof View && a.type === 'range' && b.type === 'range') {
    return equal([...a.items], [...b.items]);
  }
  return false;
}

/**
 * The equality of elements in collections: an identical value is equal to itself, even if it is undefined.
 */
export const same = (a: Value, b: Value): boolean => a === b || equal(a, b);

/** Negative, zero or positive, for values that have an order. */
export function compareValues(a: Value, b: Value, operator = '<'): number {
  if (a instanceof Undefined) return a.fail();
  if (b instanceof Undefined) return b.fail();
  if (isNumber(a) && isNumber(b)) return toNumber(a) - toNumber(b);
  if (isText(a) && isText(b)) return compareText(plainText(a), plainText(b));
  if (Array.isArray(a) && Array.isArray(b) && a instanceof Tuple === b instanceof Tuple) {
    for (let index = 0; index < a.length && index < b.length; index += 1) {
      const [left, right] = [a[index] as Value, b[index] as Value];
      if (!same(left, right)) return compareValues(left, right, operator);
    }
    return a.length - b.length;
  }
  throw new JinjaError(
    `'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`,
  );
}

/** Compares code points. JavaScript compares UTF-16 units, which puts emoji before U+E000. */
function compareText(a: string, b: string): number {
  for (let index = 0; index < a.length && index < b.length; index += 1) {
    const difference = rank(a.charCodeAt(index)) - rank(b.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

const rank = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);

export function compares(operator: string, a: Value, b: Value): boolean {
  switch (operator) {
    case '==':
      return equal(a, b);
    case '!=':
      return !equal(a, b);
    case 'in':
      return contains(b, a);
    case 'not in':
      return !contains(b, a);
    case '<':
      return compareValues(a, b, operator) < 0;
    case '<=':
      return compareValues(a, b, operator) <= 0;
    case '>':
      return compareValues(a, b, operator) > 0;
    default:
      return compareValues(a, b, operator) >= 0;
  }
}

export function contains(collection: Value, value: Value): boolean {
  if (isText(collection)) {
    if (isText(value)) return plainText(collection).includes(plainText(value));
    throw new JinjaError(`'in <string>' requires string as left operand, not ${typeName(value)}`);
  }
  if (collection instanceof Map) return collection.has(dictKey(value));
  if (isNumber(collection) || collection === null) {
    throw new JinjaError(`argument of type '${typeName(collection)}' is not iterable`);
  }
  for (const item of iterate(collection)) if (same(item, value)) return true;
  return false;
}

/** The form of a key inside a dict: 1 and 1.0 are the same key. */
export function dictKey(key: Value): Value {
  if (key instanceof Undefined) return key.fail();
  if (isList(key) || key instanceof Map) throw new JinjaError(`unhashable type: '${typeName(key)}'`);
  if (key instanceof Markup) return key.text;
  return isNumber(key) && typeof key !== 'boolean' ? toNumber(key) : key;
}

/** `+ - * / // % **` */
export function arithmetic(operator: string, a: Value, b: Value): Value {
  if (a instanceof Undefined) return a.fail();
  if (isText(a) && operator === '%') return percentFormat(a, b);
  if (b instanceof Undefined) return b.fail();
  if (isNumber(a) && isNumber(b)) return calculate(operator, a, b);
  if (operator === '+') return concatenate(a, b);
  if (operator === '*') {
    if (isNumber(b) && !isFloat(b)) return repeat(a, toNumber(b)) ?? unsupported(operator, a, b);
    if (isNumber(a) && !isFloat(a)) return repeat(b, toNumber(a)) ?? unsupported(operator, a, b);
  }
  return unsupported(operator, a, b);
}

function unsupported(operator: string, a: Value, b: Value): never {
  throw new JinjaError(`unsupported operand type(s) for ${operator}: '${typeName(a)}' and '${typeName(b)}'`);
}

function concatenate(a: Value, b: Value): Value {
  if (isText(a) && isText(b)) {
    if (typeof a === 'string' && typeof b === 'string') return a + b;
    return new Markup(escapeHtml(a) + escapeHtml(b));
  }
  if (a instanceof Tuple && b instanceof Tuple) return tuple(...a, ...b);
  if (isList(a) && isList(b)) return [...a, ...b];
  if (typeof a === 'string') throw new JinjaError(`can only concatenate str (not "${typeName(b)}") to str`);
  return unsupported('+', a, b);
}

/** More than any real widget has, and too few to exhaust memory. */
const MAX_REPEATED = 1_000_000;

function repeat(value: Value, times: number): Value | undefined {
  const count = Math.max(0, times);
  const size = isText(value) ? plainText(value).length : Array.isArray(value) ? value.length : 0;
  if (count * size > MAX_REPEATED)
    throw new JinjaError(`a repetition of ${String(count * size)} elements is too long`);
  if (typeof value === 'string') return value.repeat(count);
  if (value instanceof Markup) return new Markup(value.text.repeat(count));
  if (!Array.isArray(value)) return undefined;
  const items = Array.from({ length: size === 0 ? 0 : count }, () => value as readonly Value[]).flat();
  return value instanceof Tuple ? tuple(...items) : items;
}

function calculate(operator: string, a: Value, b: Value): Value {
  const [x, y] = [toNumber(a as number), toNumber(b as number)];
  const result = isFloat(a) || isFloat(b) ? float : (value: number): Value => value + 0;
  switch (operator) {
    case '+':
      return result(x + y);
    case '-':
      return result(x - y);
    case '*':
      return result(x * y);
    case '**':
      return power(x, y, y < 0 ? float : result);
    default:
      if (y === 0) throw new JinjaError('division by zero');
  }
  if (operator === '/') return float(x / y);
  const remainder = x % y;
  const modulo = remainder === 0 ? 0 * y : remainder < 0 !== y < 0 ? remainder + y : remainder;
  return operator === '%' ? result(modulo) : result(Math.round((x - modulo) / y));
}

function power(x: number, y: number, result: (value: number) => Value): Value {
  if (x === 0 && y < 0) throw new JinjaError('0.0 cannot be raised to a negative power');
  const value = x ** y;
  if (Number.isNaN(value) || (!Number.isFinite(value) && Number.isFinite(x))) {
    throw new JinjaError('the result of ** is not a number that can be used');
  }
  return result(value);
}

export function negate(value: Value): Value {
  if (value instanceof Undefined) return value.fail();
  if (!isNumber(value)) throw new JinjaError(`bad operand type for unary -: '${typeName(value)}'`);
  return isFloat(value) ? float(-toNumber(value)) : 0 - toNumber(value);
}

export function positive(value: Value): Value {
  if (value instanceof Undefined) return value.fail();
  if (!isNumber(value)) throw new JinjaError(`bad operand type for unary +: '${typeName(value)}'`);
  return typeof value === 'boolean' ? Number(value) : value;
}

/** `~` */
export const join = (a: Value, b: Value): string => str(a) + str(b);
