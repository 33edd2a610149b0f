import { type Operation } from './bind';
import { attributeGetter } from './attribute-path';
import { JinjaError } from '../jinja-error';
import { hostAttribute } from './members';
import {
  float,
  isNumber,
  Iter,
  iterate,
  toNumber,
  typeName,
  Undefined,
  type Kwargs,
  type Value,
} from '../values/values';
import { integer, real, roundTo, toFloat, toInteger } from '../values/numbers';
import { truth } from '../values/operators';
import { str } from '../values/print';
import { SEQUENCE_FILTERS } from './sequence-filters';
import { TESTS } from './tests';
import { filter, TEXT_FILTERS } from './text-filters';
import { textOf } from '../values/text';

/** All filters of Jinja2, except the few that docs/templates.md names. */
export const FILTERS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ...TEXT_FILTERS,
  ...SEQUENCE_FILTERS,
  ...filter('default', ['default_value?', 'boolean?'], orDefault),
  ...filter('d', ['default_value?', 'boolean?'], orDefault),
  ...filter('attr', ['name'], (object, name = null) => hostAttribute(object, textOf(name))),
  ...filter('abs', [], absolute),
  ...filter('round', ['precision?', 'method?'], round),
  ...filter(
    'int',
    ['default?', 'base?'],
    (value, otherwise = 0, base = 10) => toInteger(value, integer(base, 10)) ?? otherwise,
  ),
  ...filter('float', ['default?'], (value, otherwise = float(0)) => {
    const number = toFloat(value);
    return number === undefined ? otherwise : float(number);
  }),
  ...filter('filesizeformat', ['binary?'], fileSize),
  ['map', (value, args, kwargs) => new Iter(mapped(value, args, kwargs))],
  ['select', (value, args, kwargs) => new Iter(selected(value, args, kwargs, true))],
  ['reject', (value, args, kwargs) => new Iter(selected(value, args, kwargs, false))],
  ['selectattr', (value, args, kwargs) => new Iter(selectedBy(value, args, kwargs, true))],
  ['rejectattr', (value, args, kwargs) => new Iter(selectedBy(value, args, kwargs, false))],
]);

type Optional = Value | undefined;

function orDefault(value: Value, otherwise: Optional = '', isForFalse: Optional = false): Value {
  return value instanceof Undefined || (truth(isForFalse) && !truth(value)) ? otherwise : value;
}

function absolute(value: Value): Value {
  if (value instanceof Undefined) return value.fail();
  if (!isNumber(value)) throw new JinjaError(`bad operand type for abs(): '${typeName(value)}'`);
  const size = Math.abs(toNumber(value));
  return typeof value === 'object' ? float(size) : size;
}

function round(value: Value, precision: Optional, method: Optional = 'common'): Value {
  const places = integer(precision, 0);
  if (method === 'common') return roundTo(value, places);
  if (method !== 'ceil' && method !== 'floor') throw new JinjaError('method must be common, ceil or floor');
  const unit = 10 ** places;
  return float(Math[method](real(value) * unit) / unit);
}

function fileSize(value: Value, isBinary: Optional = false): Value {
  const bytes = toFloat(value);
  if (bytes === undefined) throw new JinjaError('filesizeformat needs a number');
  const [base, letter] = truth(isBinary) ? [1024, 'iB'] : [1000, 'B'];
  if (bytes === 1) return '1 Byte';
  if (bytes < base) return `${String(Math.trunc(bytes))} Bytes`;
  const steps = ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];
  const step = steps.findIndex((_, index) => bytes < base ** (index + 2));
  const chosen = step < 0 ? steps.length - 1 : step;
  const prefix = steps[chosen] ?? '';
  return `${(bytes / base ** (chosen + 1)).toFixed(1)} ${truth(isBinary) ? prefix.toUpperCase() : prefix}${letter}`;
}

function* mapped(value: Value, args: readonly Value[], kwargs: Kwargs): IterableIterator<Value> {
  const change = args.length === 0 && kwargs.has('attribute') ? byAttribute(kwargs) : byFilter(args, kwargs);
  if (!truth(value)) return;
  for (const item of iterate(value)) yield change(item);
}

function byAttribute(kwargs: Kwargs): (item: Value) => Value {
  const [unexpected] = [...kwargs.keys()].filter((key) => key !== 'attribute' && key !== 'default');
  if (unexpected !== undefined)
    throw new JinjaError(`map() got an unexpected keyword argument '${unexpected}'`);
  return attributeGetter(kwargs.get('attribute'), kwargs.get('default'));
}

function byFilter([name, ...rest]: readonly Value[], kwargs: Kwargs): (item: Value) => Value {
  if (name === undefined) throw new JinjaError('map requires a filter argument');
  const apply = FILTERS.get(str(name));
  if (apply === undefined) throw new JinjaError(`No filter named '${str(name)}'.`);
  return (item) => apply(item, rest, kwargs);
}

function* selected(
  value: Value,
  args: readonly Value[],
  kwargs: Kwargs,
  wanted: boolean,
): IterableIterator<Value> {
  if (!truth(value)) return;
  const test = tester(args, kwargs);
  for (const item of iterate(value)) if (test(item) === wanted) yield item;
}

function* selectedBy(
  value: Value,
  [attribute, ...rest]: readonly Value[],
  kwargs: Kwargs,
  wanted: boolean,
): IterableIterator<Value> {
  if (!truth(value)) return;
  if (attribute === undefined) throw new JinjaError('Missing parameter for attribute name');
  const get = attributeGetter(attribute);
  const test = tester(rest, kwargs);
  for (const item of iterate(value)) if (test(get(item)) === wanted) yield item;
}

function tester([name, ...rest]: readonly Value[], kwargs: Kwargs): (item: Value) => boolean {
  if (name === undefined) return truth;
  const test = TESTS.get(str(name));
  if (test === undefined) throw new JinjaError(`No test named '${str(name)}'.`);
  return (item) => truth(test(item, rest, kwargs));
}
