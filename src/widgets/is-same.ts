/** Compares values as JSON writes them. A null or undefined key counts as absent. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  const one = asWritten(a);
  const other = asWritten(b);
  if (!isObject(one) || !isObject(other)) return one === other;
  if (Array.isArray(one) || Array.isArray(other)) return isSameList(one, other);
  return everyProp(one, other, (_, value, otherValue) => isSame(value, otherValue));
}

function isSameList(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return false;
  return a.length === b.length && a.every((value, index) => isSame(value, b[index]));
}

/**
 * Whether `holds` is true for every key of either object. Only own keys are read, since a key may be called
 * `__proto__` or `constructor`.
 */
export function everyProp(
  a: object,
  b: object,
  holds: (key: string, a: unknown, b: unknown) => boolean,
): boolean {
  const one = a as Record<string, unknown>;
  const other = b as Record<string, unknown>;
  for (const key of Object.keys(one)) {
    if (!holds(key, one[key], Object.hasOwn(other, key) ? other[key] : undefined)) return false;
  }
  for (const key of Object.keys(other)) {
    if (!Object.hasOwn(one, key) && !holds(key, undefined, other[key])) return false;
  }
  return true;
}

/** Whether a value has a `toJSON()` method, as a Date has. */
export function hasToJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

function asWritten(value: unknown): unknown {
  return (isObject(value) && hasToJson(value) ? value.toJSON() : value) ?? undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
