import { dictKey, equal } from '../values/operators';
import { getItem } from './members';
import { isText, plainText, Undefined, type Value } from '../values/values';

export type Getter = (item: Value) => Value;

/**
 * What `attribute='user.name'` of many filters reads from an item; a number reads an element.
 *
 * @param fallback instead of what is not there
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

/** Filters compare text without regard to case unless told otherwise. */
export const ignoringCase = (value: Value): Value => (isText(value) ? plainText(value).toLowerCase() : value);

/** What a filter orders, groups or compares items by. */
export function sortKey(path: Value | undefined, isCaseSensitive: boolean, fallback?: Value): Getter {
  const get = attributeGetter(path, fallback);
  return isCaseSensitive ? get : (item) => ignoringCase(get(item));
}

/** The items that are the first with their key. */
export function* firstOfEach(items: Iterable<Value>, key: Getter): IterableIterator<Value> {
  const seen: Value[] = [];
  for (const item of items) {
    const each = dictKey(key(item));
    if (seen.some((other) => equal(other, each))) continue;
    seen.push(each);
    yield item;
  }
}
