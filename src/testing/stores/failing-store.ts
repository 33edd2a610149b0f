import type { Store } from '../../store';
import { interfere, type InterferedStore, type StoreMethod } from './interfere';

/** The calls of a method that fail: the second, the second and the fourth, or all. */
export type FailingCalls = number | readonly number[] | 'always';

/** Which methods of a store fail, and when. The calls of each method are counted from 1. */
export type StoreFailures = Partial<Record<StoreMethod, FailingCalls>>;

/** How a store fails. */
export interface FailingStoreOptions {
  /** The error of a failing call; by default one that names the method and the call. */
  error?: Error;
  /** Whether a failing call does its work first, like a commit whose answer is lost. */
  afterwards?: boolean;
}

/**
 * Wraps a store so that the given calls fail. The result counts as a store that outlives the process, like a
 * database. Reads through `chat.items()` and the results are not counted.
 *
 * @example
 * const store = failingStore(new MemoryStore(), { saveItem: 2 });
 * const chat = testChat({ controllers: [ItemController], store });
 * const { error } = await chat.send('hello'); // the message was stored; the answer was not
 */
export function failingStore<T extends Store>(
  store: T,
  failures: StoreFailures,
  { error, afterwards = false }: FailingStoreOptions = {},
): InterferedStore<T> {
  const counts = new Map<StoreMethod, number>();
  return interfere(store, ({ method }, proceed) => {
    const count = (counts.get(method) ?? 0) + 1;
    counts.set(method, count);
    if (!fails(failures[method], count)) return proceed();
    const failure =
      error ?? new Error(`The store fails as the test specifies: ${method}, call ${String(count)}.`);
    return fail(failure, afterwards ? proceed : undefined);
  });
}

function fails(calls: FailingCalls | undefined, count: number): boolean {
  if (calls === undefined) return false;
  return calls === 'always' || (typeof calls === 'number' ? calls === count : calls.includes(count));
}

/** Fails asynchronously, as databases do. */
async function fail(error: Error, work: (() => unknown) | undefined): Promise<never> {
  await work?.();
  throw error;
}
