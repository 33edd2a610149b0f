import { DeveloperError, holdPromises, messageOf } from '../errors';

/** A place in a value, and what is there. */
export interface Unwritable {
  /** `widget.children.0.value`; empty for the value itself. */
  readonly path: string;
  readonly what: string;
}

const FIX =
  'Put in text, finite numbers, booleans, null, arrays and plain objects: String(id), date.toISOString(), [...set].';

/**
 * Refuses a value that has a promise in it, whose rejection is handled.
 *
 * @param name what the value is, for the error
 * @throws DeveloperError `not_json`, with the path of the promise
 */
export function refusePromises(value: unknown, name = nameOf(value)): void {
  const path = holdPromises(value);
  if (path === undefined) return;
  const place = path === '' ? 'it' : `\`${path}\``;
  const problem = `${name} cannot be written as JSON: ${place} is a promise, of which JSON makes {}.`;
  throw new DeveloperError('not_json', problem, 'Await it, and put in what it resolves to.');
}

/** The error of a value that JSON cannot hold, with the place of what is wrong. Looked for only now. */
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

/** Protocol values say what they are. */
function nameOf(value: unknown): string {
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  return typeof type === 'string' ? `A value of type "${type}"` : 'A value';
}

function firstUnwritable(value: unknown): Unwritable | undefined {
  try {
    return search(value);
  } catch {
    return undefined; // too deep to be gone through, or a getter that throws
  }
}

function search(value: unknown): Unwritable | undefined {
  for (const { path, value: each, around } of places(value)) {
    if (typeof each === 'bigint') return { path, what: 'a BigInt' };
    if (typeof each === 'function' && path === '') return { path, what: 'a function' };
    if (typeof each !== 'object' || each === null) continue;
    if (around.includes(each)) return { path, what: 'something that it is itself in' };
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

/** What JSON writes as something else without a word: NaN and infinite numbers, functions, Maps, Sets. */
export function silentlyChanged(value: unknown): Unwritable[] {
  const found: Unwritable[] = [];
  try {
    for (const { path, value: each } of places(value)) {
      const what = silentChange(each);
      if (what !== undefined) found.push({ path, what });
    }
  } catch {
    // Too deep to be gone through: what was found by then is told.
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
  /** What it is in, the root first. */
  readonly around: readonly object[];
}

/** A value and all that is in it, as JSON goes through it. A cycle is entered once. */
function* places(value: unknown, path = '', around: readonly object[] = []): Generator<Visited> {
  yield { path, value, around };
  if (typeof value !== 'object' || value === null || around.includes(value)) return;
  const inside = [...around, value];
  for (const [key, each] of Object.entries(written(value))) {
    yield* places(each, path === '' ? key : `${path}.${key}`, inside);
  }
}

/** What JSON writes for an object. */
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
