import { describeWrong, DeveloperError, holdPromises } from '../errors';

/** What is streamed: given as it is, or by a function that starts it. */
export type Streamed<T> = (() => AsyncIterable<T> | Iterable<T>) | AsyncIterable<T> | Iterable<T>;

/**
 * What an event helper goes through.
 *
 * @param helper its name, for the error
 * @throws DeveloperError `not_iterable`, in most cases since an `await` was forgotten
 */
export function iterable<T>(streamed: Streamed<T>, helper: string): AsyncIterable<T> | Iterable<T> {
  const source: unknown = typeof streamed === 'function' ? streamed() : streamed;
  // Promises in an array run already, and reject before their turn has come.
  if (Array.isArray(source)) holdPromises(source);
  if (isIterable(source)) return source as Iterable<T>;
  const { what, isPromise } = describeWrong(source);
  throw new DeveloperError(
    'not_iterable',
    `${helper}() was given ${what}, which cannot be iterated.`,
    isPromise
      ? 'Await it, or give a function* or an async function* instead of an async function.'
      : 'Give a generator, a stream or an array.',
  );
}

function isIterable(value: unknown): boolean {
  if (typeof value === 'string') return true;
  return (
    typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value)
  );
}
