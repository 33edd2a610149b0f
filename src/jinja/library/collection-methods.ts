import { operation, type Operation } from './bind';
import { JinjaError } from '../jinja-error';
import { integer } from '../values/numbers';
import { compareValues, dictKey, same, truth } from '../values/operators';
import { repr } from '../values/print';
import { iterate, tuple, View, type Dict, type List, type Value } from '../values/values';

type Optional = Value | undefined;

const asList = (value: Value): List => value as List;
const asDict = (value: Value): Dict => value as Dict;

/** In Python, methods that change a list in place return None. */
const changing =
  (change: (list: List, ...args: readonly Optional[]) => void) =>
  (list: Value, ...args: readonly Optional[]): Value => {
    change(asList(list), ...args);
    return null;
  };

const indexIn = (list: Value, wanted: Optional): number => {
  const index = asList(list).findIndex((item) => same(item, wanted ?? null));
  if (index < 0) throw new JinjaError(`${repr(wanted ?? null)} is not in list`);
  return index;
};

const SEQUENCE_METHODS: [string, Operation][] = [
  ['index', operation('index', ['value'], indexIn)],
  [
    'count',
    operation(
      'count',
      ['value'],
      (list, wanted = null) => asList(list).filter((item) => same(item, wanted)).length,
    ),
  ],
];

export const TUPLE_METHODS: ReadonlyMap<string, Operation> = new Map(SEQUENCE_METHODS);

export const LIST_METHODS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ...SEQUENCE_METHODS,
  [
    'append',
    operation(
      'append',
      ['object'],
      changing((list, item = null) => list.push(item)),
    ),
  ],
  [
    'extend',
    operation(
      'extend',
      ['iterable'],
      changing((list, items = null) => list.push(...iterate(items))),
    ),
  ],
  [
    'clear',
    operation(
      'clear',
      [],
      changing((list) => list.splice(0)),
    ),
  ],
  [
    'reverse',
    operation(
      'reverse',
      [],
      changing((list) => list.reverse()),
    ),
  ],
  [
    'remove',
    operation(
      'remove',
      ['value'],
      changing((list, item) => list.splice(indexIn(list, item), 1)),
    ),
  ],
  [
    'insert',
    operation(
      'insert',
      ['index', 'object'],
      changing((list, index, item = null) => list.splice(integer(index, 0), 0, item)),
    ),
  ],
  [
    'sort',
    operation(
      'sort',
      ['key?', 'reverse?'],
      changing((list, key = null, reverse = false) => {
        if (key !== null) throw new JinjaError('sort() takes no key here: use the filter sort(attribute=…)');
        list.sort((a, b) => (truth(reverse) ? compareValues(b, a) : compareValues(a, b)));
      }),
    ),
  ],
  ['copy', operation('copy', [], (list) => [...asList(list)])],
  [
    'pop',
    operation('pop', ['index?'], (list, index) => {
      const [item] = asList(list).splice(integer(index, -1), 1);
      if (item === undefined) throw new JinjaError('pop index out of range');
      return item;
    }),
  ],
]);

export const DICT_METHODS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  [
    'get',
    operation('get', ['key', 'default?'], (dict, key = null, otherwise = null) => {
      const present = asDict(dict).get(dictKey(key));
      return present === undefined ? otherwise : present;
    }),
  ],
  ['items', operation('items', [], (dict) => new View('dict_items', entries(asDict(dict))))],
  ['keys', operation('keys', [], (dict) => new View('dict_keys', [...asDict(dict).keys()]))],
  ['values', operation('values', [], (dict) => new View('dict_values', [...asDict(dict).values()]))],
  ['copy', operation('copy', [], (dict) => new Map(asDict(dict)))],
  [
    'clear',
    operation('clear', [], (dict) => {
      asDict(dict).clear();
      return null;
    }),
  ],
  [
    'update',
    (dict, [source = null], kwargs) => {
      for (const [key, value] of [...pairs(source), ...kwargs]) asDict(dict).set(dictKey(key), value);
      return null;
    },
  ],
  [
    'setdefault',
    operation('setdefault', ['key', 'default?'], (dict, key = null, otherwise = null) => {
      const present = asDict(dict).get(dictKey(key));
      if (present !== undefined) return present;
      asDict(dict).set(dictKey(key), otherwise);
      return otherwise;
    }),
  ],
  [
    'pop',
    operation('pop', ['key', 'default?'], (dict, key = null, otherwise) => {
      const [kept, index] = [asDict(dict).get(dictKey(key)), dictKey(key)];
      const present = kept === undefined ? otherwise : kept;
      if (present === undefined) throw new JinjaError(`there is no key ${repr(key)}`);
      asDict(dict).delete(index);
      return present;
    }),
  ],
]);

export const entries = (dict: Dict): Value[] => Array.from(dict, ([key, value]) => tuple(key, value));

/** The argument of `dict()`, `namespace()` and `update()`: a dict, or pairs. */
export function pairs(source: Value): [Value, Value][] {
  if (source === null) return [];
  if (source instanceof Map) return [...source];
  return Array.from(iterate(source), (pair) => {
    const [key, value, ...rest] = iterate(pair);
    if (key === undefined || value === undefined || rest.length > 0)
      throw new JinjaError('a pair has two elements');
    return [key, value];
  });
}
