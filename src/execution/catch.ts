import { catchError, from, switchMap, throwError, type Observable } from 'rxjs';
import type { EventDraft, HandlerResult, RunContext } from '../context';
import { holdPromises } from '../errors';
import type { RunFilter } from './enhancers';
import type { Observe } from './handler';
import { isPromise } from '../store';

/**
 * Lets filters turn an error of `stream` into events, the innermost first. If a filter returns
 * `undefined`, the next one gets the error; if it throws, the next one gets the new error. It is one
 * operator for any number of filters.
 */
export function filtered(
  stream: Observable<EventDraft>,
  filters: readonly RunFilter[],
  ctx: RunContext,
  observe: Observe,
): Observable<EventDraft> {
  const from_ = (index: number) => (error: unknown) => handle(error, index);

  const events = (result: HandlerResult, error: unknown, index: number): Observable<EventDraft> =>
    result === undefined
      ? handle(error, index + 1)
      : observe(() => result, ctx).pipe(catchError(from_(index + 1)));

  const handle = (error: unknown, index: number): Observable<EventDraft> => {
    holdPromises(error); // a filter may ignore the error and its promises
    const filter = filters[index];
    if (filter === undefined) return throwError(() => error);
    let result: HandlerResult;
    let later: Observable<unknown> | undefined;
    try {
      result = filter(error, ctx);
      if (isPromise(result)) later = from(Promise.resolve(result));
    } catch (failure) {
      return handle(failure, index + 1);
    }
    if (later === undefined) return events(result, error, index);
    return later.pipe(
      catchError((failure: unknown) => handle(failure, index + 1)),
      switchMap((awaited) => events(awaited as HandlerResult, error, index)),
    );
  };

  return stream.pipe(catchError(from_(0)));
}
