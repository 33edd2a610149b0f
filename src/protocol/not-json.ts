import { DeveloperError, holdPromises, messageOf } from '../errors';

/** A position in a value that JSON cannot write, and what is there. */
export interface Unwritable {
  /** `widget.children.0.value`; empty for the value itself. */
  readonly path: string;
  readonly what: string;
}

const FIX =
  'Use text, finite numbers, booleans, null, arrays and plain objects: String(id), date.toISOString(), [...set].';

/**
 * Rejects a value that contains a promise. A later rejection of the promise is handled, so that it does not
 * end the process.
 *
 * @param name The value's name, for the error.
 * @throws DeveloperError `not_json`, with the path of the promise
 */
export function refusePromises(value: unknown, name = nameOf(value)): void {
  const path = holdPromises(value);
  if (path === undefined) return;
  const place = path === '' ? 'it' : `\`${path}\``;
  const problem = `${name} cannot be written as JSON: ${place} is a promise, which JSON turns into {}.`;
  throw new DeveloperError('not_json', problem, 'Await it, and use the resolved value.');
}

/**
 * The error for a value that JSON cannot hold, with the path of the wrong part. The value is only searched
 * here, after JSON has failed.
 */
export function notJson(value: unknown, error: unknown): DeveloperError {
  holdPromises(value);
  const found = firstUnwritable(value) ?? { path: '', what: messageOf(error) };
  const place = found.path === '' ? 'it' : `\`${found.path}\``;
  return new DeveloperError(
    'not_json',
    `${nameOf(value)} cannot be written as JSON: ${place} is ${found.what}.`,
    FIX,
    {
      cause: error,
    },
  );
}

/** Protocol values are named by their `type`. */
function nameOf(value: unknown): string {
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  return typeof type === 'string' ? `A value of type "${type}"` : 'A value';
}

function firstUnwritable(value: unknown): Unwritable | undefined {
  try {
    return search(value);
  } catch {
    return undefined; // too deep to search, or a getter throws
  }
}

function search(value: unknown): Unwritable | undefined {
  for (const { path, value: each, around } of places(value)) {
    if (typeof each === 'bigint') return { path, what: 'a BigInt' };
    if (typeof each === 'function' && path === '') return { path, what: 'a function' };
    if (typeof each !== 'object' || each === null) continue;
    if (around.includes(each)) return { path, what: 'a value that contains itself' };
    const failure = toJsonFailure(each);
    if (failure !== undefined) return { path, what: `something whose toJSON() throws (${failure})` };
  }
  return undefined;
}

function toJsonFailure(value: object): string | undefined {
  try {
    if ('toJSON' in value && typeof value.toJSON === 'function')
      (value as { toJSON: () => unknown }).toJSON();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/**
 * Lists the values that JSON changes without an error: NaN, infinite numbers, functions, symbols, Maps, Sets.
 */
export function silentlyChanged(value: unknown): Unwritable[] {
  const found: Unwritable[] = [];
  try {
    for (const { path, value: each } of places(value)) {
      const what = silentChange(each);
      if (what !== undefined) found.push({ path, what });
    }
  } catch {
    // Too deep to search: report what was found before.
  }
  return found;
}

function silentChange(value: unknown): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return `${String(value)}, which becomes null`;
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}, which is left out`;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || 'toJSON' in value)
    return undefined;
  const type = (Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null)?.constructor
    ?.name;
  if (typeof type !== 'string' || type === 'Object' || Object.keys(value).length > 0) return undefined;
  return `a ${type}, which becomes {}`;
}

interface Visited {
  readonly path: string;
  readonly value: unknown;
  /** The objects that contain it, the root first. */
  readonly around: readonly object[];
}

/** A value and everything inside it, in the order of JSON. A cycle is entered once. */
function* places(value: unknown, path = '', around: readonly object[] = []): Generator<Visited> {
  yield { path, value, around };
  if (typeof value !== 'object' || value === null || around.includes(value)) return;
  const inside = [...around, value];
  for (const [key, each] of Object.entries(written(value))) {
    yield* places(each, path === '' ? key : `${path}.${key}`, inside);
  }
}

/** The object that JSON writes: the result of `toJSON()` if there is one. */
function written(value: object): object {
  try {
    const json =
      'toJSON' in value && typeof value.toJSON === 'function'
        ? (value as { toJSON: () => unknown }).toJSON()
        : value;
    return typeof json === 'object' && json !== null ? json : {};
  } catch {
    return {};
  }
}
