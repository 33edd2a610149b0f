/** Code that does not wait must not bring the process down; code that waits still gets the rejection. */
export function heldIfLeft<R>(doing: Promise<R>): Promise<R> {
  doing.catch(() => undefined);
  return doing;
}

/** What some work comes to, unless the signal is aborted first: then its reason is thrown. */
export function until<R>(signal: AbortSignal, work: Promise<R>): Promise<R> {
  return new Promise<R>((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) {
      stop();
      return;
    }
    signal.addEventListener('abort', stop, { once: true });
    const done = (): void => signal.removeEventListener('abort', stop);
    work.then(resolve, reject).then(done, done);
  });
}
