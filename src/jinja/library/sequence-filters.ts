import { type Operation } from './bind';
import { attributeGetter, firstOfEach, ignoringCase, sortKey } from './attribute-path';
import { entries } from './collection-methods';
import { JinjaError } from '../jinja-error';
import { Group } from './members';
import { integer } from '../values/numbers';
import { arithmetic, compareValues, equal, truth } from '../values/operators';
import { filter } from './text-filters';
import { reversed } from '../values/text';
import {
  isText,
  Iter,
  iterate,
  lengthOf,
  plainText,
  typeName,
  Undefined,
  type Value,
} from '../values/values';

type Optional = Value | undefined;

/** Filters whose subject is a sequence or a dict. */
export const SEQUENCE_FILTERS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ...filter('length', [], lengthOf),
  ...filter('count', [], lengthOf),
  ...filter('list', [], (value) => [...iterate(value)]),
  ...filter('first', [], first),
  ...filter('last', [], (value) => first(reverse(value, false))),
  ...filter('reverse', [], (value) => reverse(value, true)),
  ...filter('items', [], (value) => {
    if (value instanceof Undefined) return new Iter([][Symbol.iterator]());
    return new Iter(entries(dictOf(value)).values());
  }),
  ...filter('dictsort', ['case_sensitive?', 'by?', 'reverse?'], dictsort),
  ...filter('sort', ['reverse?', 'case_sensitive?', 'attribute?'], sort),
  ...filter(
    'unique',
    ['case_sensitive?', 'attribute?'],
    (value, isCaseSensitive = false, attribute = null) =>
      new Iter(firstOfEach(iterate(value), sortKey(attribute, truth(isCaseSensitive)))),
  ),
  ...filter('min', ['case_sensitive?', 'attribute?'], (value, ...options) => extreme(value, -1, ...options)),
  ...filter('max', ['case_sensitive?', 'attribute?'], (value, ...options) => extreme(value, 1, ...options)),
  ...filter('sum', ['attribute?', 'start?'], (value, attribute = null, start = 0) => {
    if (isText(start)) throw new JinjaError("sum() can't sum strings [use ''.join(seq) instead]");
    const get = attributeGetter(attribute);
    return Array.from(iterate(value), get).reduce((total, item) => arithmetic('+', total, item), start);
  }),
  ...filter(
    'batch',
    ['linecount', 'fill_with?'],
    (value, count, fill) => new Iter(batch(iterate(value), integer(count, 0), fill ?? undefined)),
  ),
  ...filter(
    'slice',
    ['slices', 'fill_with?'],
    (value, count, fill) => new Iter(columns([...iterate(value)], integer(count, 0), fill ?? undefined)),
  ),
  ...filter('groupby', ['attribute', 'default?', 'case_sensitive?'], groupby),
]);

function first(value: Value): Value {
  for (const item of iterate(value)) return item;
  return new Undefined('No first item, sequence was empty.');
}

/** @param isLenient Whether a generator is read to its end first, instead of an error. */
function reverse(value: Value, isLenient: boolean): Value {
  if (isText(value)) return reversed(plainText(value));
  if (value instanceof Iter && !isLenient) throw new JinjaError(`'generator' object is not reversible`);
  const items = [...iterate(value)].reverse();
  return value instanceof Iter ? items : new Iter(items.values());
}

function dictOf(value: Value): Map<Value, Value> {
  if (value instanceof Map) return value;
  throw new JinjaError(`Can only get item pairs from a mapping, not '${typeName(value)}'.`);
}

const entryPart = (position: number) => (pair: Value) => (pair as readonly Value[])[position] as Value;

function dictsort(
  value: Value,
  isCaseSensitive: Optional = false,
  by: Optional = 'key',
  isReverse: Optional = false,
): Value {
  if (value instanceof Undefined) return value.fail();
  if (by !== 'key' && by !== 'value') throw new JinjaError('You can only sort by either "key" or "value"');
  const part = entryPart(by === 'key' ? 0 : 1);
  const key = truth(isCaseSensitive) ? part : (pair: Value) => ignoringCase(part(pair));
  return sorted(entries(dictOf(value)), key, truth(isReverse));
}

/** Stable also in reverse order, as in Python's `sorted`. */
function sorted(items: readonly Value[], key: (item: Value) => Value, isReverse: boolean): Value[] {
  const keyed = items.map((item) => ({ item, key: key(item) }));
  const sign = isReverse ? -1 : 1;
  return keyed.sort((a, b) => sign * compareValues(a.key, b.key)).map(({ item }) => item);
}

function sort(
  value: Value,
  isReverse: Optional = false,
  isCaseSensitive: Optional = false,
  attribute: Optional = null,
): Value {
  const paths = isText(attribute) ? plainText(attribute).split(',') : [attribute];
  const keys = paths.map((path) => sortKey(path, truth(isCaseSensitive)));
  return sorted([...iterate(value)], (item) => keys.map((key) => key(item)), truth(isReverse));
}

function extreme(
  value: Value,
  sign: number,
  isCaseSensitive: Optional = false,
  attribute: Optional = null,
): Value {
  const key = sortKey(attribute, truth(isCaseSensitive));
  let best: { item: Value; key: Value } | undefined;
  for (const item of iterate(value)) {
    const each = { item, key: key(item) };
    if (best === undefined || sign * compareValues(each.key, best.key) > 0) best = each;
  }
  return best === undefined ? new Undefined('No aggregated item, sequence was empty.') : best.item;
}

function* batch(items: Iterable<Value>, size: number, fill: Optional): IterableIterator<Value> {
  let row: Value[] = [];
  for (const item of items) {
    if (row.length === size) {
      yield row;
      row = [];
    }
    row.push(item);
  }
  if (row.length === 0) return;
  while (fill !== undefined && row.length < size) row.push(fill);
  yield row;
}

function* columns(items: readonly Value[], count: number, fill: Optional): IterableIterator<Value> {
  if (count === 0) throw new JinjaError('integer division or modulo by zero');
  const [size, longer] = [Math.floor(items.length / count), items.length % count];
  let start = 0;
  for (let column = 0; column < count; column += 1) {
    const end = start + size + (column < longer ? 1 : 0);
    const part = items.slice(start, end);
    if (fill !== undefined && column >= longer) part.push(fill);
    yield part;
    start = end;
  }
}

function groupby(
  value: Value,
  attribute: Optional,
  fallback: Optional,
  isCaseSensitive: Optional = false,
): Value {
  const key = sortKey(attribute, truth(isCaseSensitive), fallback);
  const name = attributeGetter(attribute, fallback);
  const groups: { key: Value; items: Value[] }[] = [];
  for (const item of sorted([...iterate(value)], key, false)) {
    const each = key(item);
    const last = groups.at(-1);
    if (last !== undefined && equal(last.key, each)) last.items.push(item);
    else groups.push({ key: each, items: [item] });
  }
  return groups.map(({ items }) => {
    const group = new Group();
    group.push(name(items[0] as Value), items);
    return group;
  });
}
