import { isRecord } from '../protocol';
import { isSame } from '../widgets';

/**
 * Merges two changes of a value that start from the same base. If they are in different places, both apply;
 * in the same place, `theirs` wins. If both sides appended to a list, it keeps the entries of both.
 *
 * @example
 * merged({ value: 'a', on: false }, { value: 'a', on: true }, { value: 'abc', on: false });
 * // { value: 'abc', on: true }
 */
export function merged(base: unknown, theirs: unknown, ours: unknown): unknown {
  if (isSame(base, theirs)) return ours;
  if (isSame(base, ours)) return theirs;
  if (Array.isArray(base) && Array.isArray(theirs) && Array.isArray(ours)) {
    return mergedLists(base, theirs, ours);
  }
  if (isRecord(base) && isRecord(theirs) && isRecord(ours)) return mergedObjects(base, theirs, ours);
  return theirs;
}

/** Entries are identified by position: if one side removed some, it is unknown which. */
function mergedLists(
  base: readonly unknown[],
  theirs: readonly unknown[],
  ours: readonly unknown[],
): readonly unknown[] {
  const { length } = base;
  if (theirs.length < length || ours.length < length) return theirs;
  const common = base.map((each, index) => merged(each, theirs[index], ours[index]));
  return [...common, ...theirs.slice(length), ...ours.slice(length)];
}

type Json = Readonly<Record<string, unknown>>;

function mergedObjects(base: Json, theirs: Json, ours: Json): Json {
  const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  const entries = [...keys].map(
    (key) => [key, merged(own(base, key), own(theirs, key), own(ours, key))] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Own properties only: a key may be called `constructor`. */
function own(value: Json, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
