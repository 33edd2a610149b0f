import { dictKey, equal } from '../values/operators';
import { getItem } from './members';
import { isText, plainText, Undefined, type Value } from '../values/values';

export type Getter = (item: Value) => Value;

/**
 * Returns a function that reads `attribute='user.name'`, as many filters have it, from an item. A number
 * reads an element.
 *
 * @param fallback Used for a missing value.
 */
export function attributeGetter(path: Value | undefined, fallback?: Value): Getter {
  const parts = attributeParts(path);
  return (item) =>
    parts.reduce<Value>((value, part) => {
      const next = getItem(value, part);
      return next instanceof Undefined && fallback !== undefined && fallback !== null ? fallback : next;
    }, item);
}

function attributeParts(path: Value | undefined): readonly Value[] {
  if (path === undefined || path === null) return [];
  if (!isText(path)) return [path];
  return plainText(path)
    .split('.')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** Filters compare text case-insensitively by default. */
export const ignoringCase = (value: Value): Value => (isText(value) ? plainText(value).toLowerCase() : value);

/** The key by which a filter sorts, groups or compares items. */
export function sortKey(path: Value | undefined, isCaseSensitive: boolean, fallback?: Value): Getter {
  const get = attributeGetter(path, fallback);
  return isCaseSensitive ? get : (item) => ignoringCase(get(item));
}

/** The first item for each key. */
export function* firstOfEach(items: Iterable<Value>, key: Getter): IterableIterator<Value> {
  const seen: Value[] = [];
  for (const item of items) {
    const each = dictKey(key(item));
    if (seen.some((other) => equal(other, each))) continue;
    seen.push(each);
    yield item;
  }
}
