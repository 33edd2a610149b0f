import { types } from 'node:util';
import { held, holdPromises, type Issue } from '../errors';
import { type Json } from '../jinja';

/** Deeper than any widget's data, and shallow enough for the stack. */
const MAX_DEPTH = 100;

/**
 * The data as JSON would carry it: fields that are undefined left out, objects with `toJSON` (dates)
 * as what that gives, instances as their fields. What JSON cannot carry becomes an issue.
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
  const copy = Object.create(null) as Record<string, Json>; // keeps any key from prototypes
  for (const [key, each] of Object.entries(value)) {
    if (each !== undefined) copy[key] = plainData(each, issues, below(path, key), depth + 1);
  }
  return copy;
}

export const below = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);
