/** Code that does not await the promise must not end the process; code that does still gets the rejection. */
export function heldIfLeft<R>(doing: Promise<R>): Promise<R> {
  doing.catch(() => undefined);
  return doing;
}

/** Resolves like `work`; rejects with the signal's reason if the signal is aborted first. */
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
