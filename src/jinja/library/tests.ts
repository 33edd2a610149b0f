import { operation, type Operation } from './bind';
import { arithmetic, compares, contains, equal } from '../values/operators';
import { str } from '../values/print';
import { isLower, isUpper } from '../values/text';
import { Host, isFloat, isNumber, isText, Iter, Markup, Undefined, View, type Value } from '../values/values';

type Optional = Value | undefined;

/** All tests of Jinja2 (the names after `is`). `filter` and `test` are in the compiler. */
export const TESTS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ...test('defined', (value) => !(value instanceof Undefined)),
  ...test('undefined', (value) => value instanceof Undefined),
  ...test('none', (value) => value === null),
  ...test('boolean', (value) => typeof value === 'boolean'),
  ...test('true', (value) => value === true),
  ...test('false', (value) => value === false),
  ...test('integer', (value) => isNumber(value) && typeof value !== 'boolean' && !isFloat(value)),
  ...test('float', isFloat),
  ...test('number', isNumber),
  ...test('string', isText),
  ...test('mapping', (value) => value instanceof Map),
  ...test('sequence', isSequence),
  ...test('iterable', isIterable),
  ...test('callable', (value) =>
    value instanceof Undefined || (value instanceof Host && value.type === 'function')),
  ...test('escaped', (value) => value instanceof Markup),
  ...test('lower', (value) => isLower(str(value))),
  ...test('upper', (value) => isUpper(str(value))),
  ...test('even', (value) => equal(arithmetic('%', value, 2), 0)),
  ...test('odd', (value) => equal(arithmetic('%', value, 2), 1)),
  ...compared('divisibleby', (value, by) => equal(arithmetic('%', value, by), 0)),
  ...compared('sameas', (value, other) => value === other),
  ...compared('in', (value, collection) => contains(collection, value)),
  ...['eq', 'equalto', '=='].flatMap((name) => compared(name, equal)),
  ...['ne', '!='].flatMap((name) => compared(name, (a, b) => !equal(a, b))),
  ...['gt', 'greaterthan', '>'].flatMap((name) => compared(name, (a, b) => compares('>', a, b))),
  ...['ge', '>='].flatMap((name) => compared(name, (a, b) => compares('>=', a, b))),
  ...['lt', 'lessthan', '<'].flatMap((name) => compared(name, (a, b) => compares('<', a, b))),
  ...['le', '<='].flatMap((name) => compared(name, (a, b) => compares('<=', a, b))),
]);

function test(name: string, holds: (value: Value) => boolean): [string, Operation][] {
  return [[name, operation(name, [], holds)]];
}

function compared(name: string, holds: (value: Value, other: Value) => boolean): [string, Operation][] {
  return [[name, operation(name, ['other'], (value, other: Optional) => holds(value, other as Value))]];
}

function isSequence(value: Value): boolean {
  const isRange = value instanceof View && value.type === 'range';
  return isRange || isText(value) || Array.isArray(value) || value instanceof Map;
}

function isIterable(value: Value): boolean {
  if (value instanceof Undefined) return value.orEmpty(true);
  return isSequence(value) || value instanceof Iter || value instanceof View || isLoop(value);
}

const isLoop = (value: Value): boolean => value instanceof Host && value.type === 'LoopContext';
