import { types } from 'node:util';

// To hold a promise means to handle its rejection. A forgotten `await` leaves a promise in a value; if it
// rejects and nothing handles the rejection, Node ends the process. Searching every value that comes from
// the application would cost more than serialising it, so each kind of value is searched in one place:
//
// - Events: in `PullLoop.hand` and `Run.emit`, unless they are already serialised as JSON, which refuses
//   promises. After that nothing need be done, not even where events wait or are dropped. Before a loop
//   takes them, they are held where they wait: in arrays and in Observables.
// - Values that are refused or left out, and values that JSON cannot hold: in the code that refuses them.
// - Thrown values: in `readable`, which every error passes that is answered or logged, and in the places
//   where an error may end without it: handlers that catch, filters, payloads, loggers.
// - Other values that a function of the application returns: where it is called.
//
// test/errors/held-places.test.ts lists the files.

/**
 * Handles the rejection of a value that the application's code returned, if it is a promise: an unhandled
 * rejection ends the process, and the value is not always awaited. Code that awaits it still gets the
 * rejection.
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
  // Code that awaits the promise still gets the rejection.
}

/** Describes a wrong value for the error that refuses it. Promises in it are held. */
export function describeWrong(value: unknown): { readonly what: string; readonly isPromise: boolean } {
  const isPromise = holdPromises(value) === '';
  if (isPromise) return { what: 'a promise', isPromise };
  return { what: value === null ? 'null' : `a value of type ${typeof value}`, isPromise };
}

/** Limit of objects that are not plain data: one of them may refer to the whole application. */
const MAX_OBJECTS = 100;
/** Limit of values of all kinds, for very large plain data. */
const MAX_VALUES = 100_000;

interface Visited {
  readonly value: unknown;
  readonly key: string;
  readonly parent: Visited | undefined;
  /** Whether JSON would contain it. */
  readonly written: boolean;
}

/**
 * Handles the rejections of all promises in a value, which a forgotten `await` leaves there. The only getter
 * that it calls is that of `then`. Never throws.
 *
 * @returns the path of the first promise that JSON would write (as `{}`); `undefined` if there is none
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

/** Lazy thenables (queries) start when `then` is called, so they are found, but `then` is not called. */
function isPromise(value: unknown): boolean {
  if (types.isPromise(value)) return true;
  try {
    return !types.isProxy(value) && typeof (value as { then?: unknown }).then === 'function';
  } catch {
    return false;
  }
}

function isPlain(value: unknown): boolean {
  if (types.isProxy(value)) return true; // `parts` returns nothing for it
  if (Array.isArray(value) || types.isNativeError(value) || types.isMap(value) || types.isSet(value))
    return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Empty if the parts cannot be read: a Proxy in the prototype chain may throw. */
function partsOf(value: object): Part[] {
  try {
    return [...parts(value)];
  } catch {
    return [];
  }
}

type Part = readonly [key: string, value: unknown, written: boolean];

/** The parts of a value with their keys, and whether JSON writes them under that key. */
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
