import { types } from 'node:util';
import { held, holdPromises, type Issue } from '../errors';
import { type Json } from '../jinja';

/** More levels than any real widget's data has, and few enough not to overflow the stack. */
const MAX_DEPTH = 100;

/**
 * Returns the data as JSON represents it: undefined fields are left out, objects with `toJSON` (dates) are
 * replaced by its result, and instances by their fields. Values that JSON cannot hold become issues.
 */
export function plainData(value: unknown, issues: Issue[], path = '', depth = 0): Json {
  const refuse = (message: string): null => {
    issues.push({ path, message });
    return null;
  };
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number')
    return Number.isFinite(value) ? value : refuse(`is ${String(value)}, not a number`);
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : refuse('is too large a number');
  }
  if (typeof value !== 'object') return value === undefined ? null : refuse(`is a ${typeof value}, not data`);
  if (types.isPromise(value)) {
    void held(value);
    return refuse('is a promise: await it');
  }
  if (depth > MAX_DEPTH) return refuse('is nested too deeply');
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return plainData((value.toJSON as () => unknown)(), issues, path, depth + 1);
  }
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) =>
      plainData(item, issues, below(path, String(index)), depth + 1),
    );
  }
  if (value instanceof Map || value instanceof Set) {
    holdPromises(value);
    return refuse('is a Map or a Set, not data');
  }
  const copy = Object.create(null) as Record<string, Json>; // so that no key can change a prototype
  for (const [key, each] of Object.entries(value)) {
    if (each !== undefined) copy[key] = plainData(each, issues, below(path, key), depth + 1);
  }
  return copy;
}

export const below = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);
