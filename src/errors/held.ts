import { types } from 'node:util';

// Why promises are held, and where. An `await` that a developer forgets leaves a promise in a value; when
// it rejects and nothing listens, Node ends the process. To look into every value that comes from the
// application would cost more than to write it, so each kind of value has one place:
//
// - Events: where they are handed on, by `PullLoop.hand` and `Run.emit`, unless they are written as JSON by
//   then, which refuses promises. Further in, nothing need be done: not where events wait or are dropped.
//   Before a loop has them they are held where they wait: in arrays and in Observables.
// - What is refused or left out, and what JSON cannot write: by the code that refuses it.
// - What is thrown: by `readable`, through which every error goes that is answered or logged, and where
//   an error may end without it: handlers that catch, filters, payloads, loggers.
// - What a function of the application returns besides: where it is called.
//
// test/errors/held-places.test.ts lists the files.

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

/** What a wrong value is, in the words of the error that refuses it. Its promises are held. */
export function describeWrong(value: unknown): { readonly what: string; readonly isPromise: boolean } {
  const isPromise = holdPromises(value) === '';
  if (isPromise) return { what: 'a promise', isPromise };
  return { what: value === null ? 'null' : `a value of type ${typeof value}`, isPromise };
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
