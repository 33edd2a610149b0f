import { types } from 'node:util';

/**
 * Handles the rejection of what a function of the application has returned, if that is a promise: an
 * unhandled one ends the process, and the value is not always awaited. Other code that awaits it still
 * learns of it.
 */
export function held<T>(value: T): T {
  if (types.isPromise(value)) {
    try {
      void Promise.prototype.then.call(value, undefined, ignore);
    } catch {
      // Its constructor cannot be read.
    }
  }
  return value;
}

function ignore(): void {
  // Other code that awaits the promise learns of it.
}

/** Plain values are gone through whole; other objects may hold the whole application. */
const MAX_OBJECTS = 100;
/** Of all kinds, for a value whose parts are plain but without an end. */
const MAX_VALUES = 100_000;

interface Visited {
  readonly value: unknown;
  readonly key: string;
  readonly parent: Visited | undefined;
  /** Whether JSON has a place for it. */
  readonly written: boolean;
}

/**
 * Handles the rejections of all promises that are in a value: an `await` was forgotten, and nothing waits
 * for them any more. No getter is called but that of `then`. Never throws.
 *
 * @returns the path of the first one that JSON would write, as `{}`; `undefined` where there is none
 * @example holdPromises({ children: [{ value: fetchText() }] }); // 'children.0.value'
 */
export function holdPromises(root: unknown): string | undefined {
  if (typeof root !== 'object' || root === null) return undefined;
  const queue: Visited[] = [{ value: root, key: '', parent: undefined, written: true }];
  const seen = new Set<unknown>([root]);
  let first: Visited | undefined;
  let objects = 0;
  for (const visited of queue) {
    const { value } = visited;
    if (isPromise(value)) {
      held(value);
      if (visited.written) first ??= visited;
      continue;
    }
    if (!isPlain(value) && (objects += 1) > MAX_OBJECTS) continue;
    for (const [key, inner, written] of partsOf(value as object)) {
      if (typeof inner !== 'object' || inner === null || seen.has(inner)) continue;
      if (seen.size >= MAX_VALUES) return pathOf(first);
      seen.add(inner);
      queue.push({ value: inner, key, parent: visited, written: written && visited.written });
    }
  }
  return pathOf(first);
}

/** Lazy thenables (queries) have begun nothing yet: they are found, but not asked. */
function isPromise(value: unknown): boolean {
  if (types.isPromise(value)) return true;
  try {
    return !types.isProxy(value) && typeof (value as { then?: unknown }).then === 'function';
  } catch {
    return false;
  }
}

function isPlain(value: unknown): boolean {
  if (types.isProxy(value)) return true; // it has no parts
  if (Array.isArray(value) || types.isNativeError(value) || types.isMap(value) || types.isSet(value))
    return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Of an object behind whose prototype there is a Proxy, nothing. */
function partsOf(value: object): Part[] {
  try {
    return [...parts(value)];
  } catch {
    return [];
  }
}

type Part = readonly [key: string, value: unknown, written: boolean];

/** What is in a value, by its key, and whether JSON writes it there. */
function* parts(value: object): Generator<Part> {
  if (types.isProxy(value) || ArrayBuffer.isView(value)) return;
  const entries = types.isMap(value)
    ? Map.prototype.values.call(value)
    : types.isSet(value)
      ? Set.prototype.values.call(value)
      : [];
  for (const each of entries) yield ['', each, false];
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) yield [String(index), value[index], true];
    return;
  }
  // The fields of an error are not enumerable.
  const keys = types.isNativeError(value) ? Object.getOwnPropertyNames(value) : Object.keys(value);
  const written = !('toJSON' in value);
  for (const key of keys) yield [key, Object.getOwnPropertyDescriptor(value, key)?.value, written];
}

function pathOf(visited: Visited | undefined): string | undefined {
  if (visited === undefined) return undefined;
  const keys: string[] = [];
  for (let at = visited; at.parent !== undefined; at = at.parent) keys.unshift(at.key);
  return keys.join('.');
}
