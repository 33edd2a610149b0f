import { Observable } from 'rxjs';

/**
 * The values of `first`, then those of `second`, then, if either failed, what `onError` makes of the
 * error; what it throws is the Observable's error. As `concat`, `defer` and `catchError` together, in
 * one operator that each value passes.
 */
export function inTurn<T>(
  first: Observable<T>,
  second: () => Observable<T>,
  onError: (error: unknown) => T,
): Observable<T> {
  return new Observable((out) => {
    const next = (value: T): void => out.next(value);
    const error = (fault: unknown): void => {
      let last: T;
      try {
        last = onError(fault);
      } catch (failure) {
        out.error(failure);
        return;
      }
      out.next(last);
      out.complete();
    };
    const goOn = (): void => {
      let source: Observable<T>;
      try {
        source = second();
      } catch (fault) {
        error(fault);
        return;
      }
      out.add(source.subscribe({ next, error, complete: () => out.complete() }));
    };
    out.add(first.subscribe({ next, error, complete: goOn }));
  });
}
