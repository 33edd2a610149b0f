import { catchError, from, Observable, switchMap, throwError, type ObservableInput } from 'rxjs';
import type { EventDraft, RunContext } from '../context';
import type { RunInterceptor } from './enhancers';
import { holdPromises } from '../errors';
import { isPromise } from '../store';

type Stream = Observable<EventDraft>;

function toStream(result: unknown, where: string): Stream {
  if (result instanceof Observable) return result as Stream;
  if (isPromise(result)) return from(result).pipe(switchMap((stream) => toStream(stream, where)));
  holdPromises(result);
  if (typeof result === 'object' && result !== null) return from(result as ObservableInput<EventDraft>);
  return throwError(
    () => new TypeError(`An interceptor of ${where} returned no Observable: return next().pipe(…).`),
  );
}

/** The `next` of one interceptor: returns the rest of the chain, and throws on a second call. */
function callableOnce(next: () => Stream, where: string): () => Stream {
  let called = false;
  return () => {
    if (called) throw new Error(`An interceptor of ${where} called next() twice.`);
    called = true;
    return next();
  };
}

/**
 * Wraps the interceptors around `run`, the first outermost. Call it on subscription, since it calls the
 * interceptors; if one throws, the error becomes an error of the stream. Message text that the client has
 * already seen is stored before the filters run, as for a handler that throws.
 */
export function intercepted(
  interceptors: readonly RunInterceptor[],
  ctx: RunContext,
  where: string,
  run: () => Stream,
): Stream {
  const chain = (index: number): Stream => {
    const interceptor = interceptors[index];
    if (interceptor === undefined) return run();
    return toStream(
      interceptor(
        ctx,
        callableOnce(() => chain(index + 1), where),
      ),
      where,
    );
  };
  return chain(0).pipe(
    catchError((error: unknown) => {
      const kept = ctx.hooks?.keepShown();
      const rethrow = (): Stream => throwError(() => error);
      return isPromise(kept) ? from(kept).pipe(switchMap(rethrow)) : rethrow();
    }),
  );
}
