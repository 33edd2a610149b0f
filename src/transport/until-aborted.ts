/** Yields the values of `source`. Throws the signal's reason on abort, even while `source` yields nothing. */
export async function* untilAborted<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  signal.throwIfAborted();
  const iterator = source[Symbol.asyncIterator]();
  let interrupt: (reason: unknown) => void = () => undefined;
  const abort = (): void => interrupt(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    for (;;) {
      signal.throwIfAborted();
      // One promise per step: racing all steps against a single promise would keep every chunk in memory
      // until that promise settles, which is the whole upload.
      const result = await new Promise<IteratorResult<T>>((resolve, reject) => {
        interrupt = reject;
        Promise.resolve(iterator.next()).then(resolve, reject);
      });
      if (result.done === true) return;
      yield result.value;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    // Not awaited: a source that yields nothing would never answer.
    iterator.return?.().catch(() => undefined);
  }
}
