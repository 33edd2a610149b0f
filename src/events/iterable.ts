import { describeWrong, DeveloperError, holdPromises } from '../errors';

/** The values to stream, or a function that starts the stream. */
export type Streamed<T> = (() => AsyncIterable<T> | Iterable<T>) | AsyncIterable<T> | Iterable<T>;

/**
 * Returns the iterable that an event helper iterates.
 *
 * @param helper The helper's name, for the error.
 * @throws DeveloperError `not_iterable`, usually because of a missing `await`
 */
export function iterable<T>(streamed: Streamed<T>, helper: string): AsyncIterable<T> | Iterable<T> {
  const source: unknown = typeof streamed === 'function' ? streamed() : streamed;
  // Promises in an array already run, and may reject before they are awaited.
  if (Array.isArray(source)) holdPromises(source);
  if (isIterable(source)) return source as Iterable<T>;
  const { what, isPromise } = describeWrong(source);
  throw new DeveloperError(
    'not_iterable',
    `${helper}() was given ${what}, which cannot be iterated.`,
    isPromise
      ? 'Await it, or pass a function* or an async function* instead of an async function.'
      : 'Pass a generator, a stream or an array.',
  );
}

function isIterable(value: unknown): boolean {
  if (typeof value === 'string') return true;
  return (
    typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value)
  );
}
