import {
  catchError,
  from,
  Observable,
  switchMap,
  throwError,
  type ObservableInput,
  type Subscription,
} from 'rxjs';
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
  return stoppedFirst(chain(0), ctx).pipe(
    catchError((error: unknown) => {
      const kept = ctx.hooks?.keepShown();
      const rethrow = (): Stream => throwError(() => error);
      return isPromise(kept) ? from(kept).pipe(switchMap(rethrow)) : rethrow();
    }),
  );
}

/**
 * Passes the end of `stream` on when everything below it is unsubscribed. RxJS does so afterwards, but the run
 * has to know at its end which handlers an interceptor has stopped early. RxJS would also throw the errors of
 * finalizers into the source, such as a promise or a timer, where they end the process; they are logged instead.
 */
function stoppedFirst(stream: Stream, ctx: RunContext): Stream {
  return new Observable((subscriber) => {
    let end: (() => void) | undefined;
    let subscription: Subscription | undefined;
    const attempt = (work: () => void): void => {
      try {
        work();
      } catch (error) {
        ctx.log.error({ err: error }, 'an interceptor threw while it was being stopped');
      }
    };
    const stop = (): void => attempt(() => subscription?.unsubscribe());
    const endWith = (passOn: () => void): void => {
      end ??= passOn;
      if (subscription === undefined) return; // it has ended before its subscription is known
      stop();
      end();
    };
    attempt(() => {
      subscription = stream.subscribe({
        // The source may be in the async context of another request, such as a Subject that requests share.
        next: (event) => ctx.lifetime.run(() => subscriber.next(event)),
        error: (error: unknown) => ctx.run(() => endWith(() => subscriber.error(error))),
        complete: () => ctx.run(() => endWith(() => subscriber.complete())),
      });
    });
    end?.();
    return stop;
  });
}
