import type { Store } from '../../store';
import { interfere, type InterferedStore, type StoreMethod } from './interfere';

/** At which of its calls a method fails: the second, the second and the fourth, or each. */
export type FailingCalls = number | readonly number[] | 'always';

/** Which methods of a store fail, and when; calls of each method are counted from 1. */
export type StoreFailures = Partial<Record<StoreMethod, FailingCalls>>;

/** How a store fails. */
export interface FailingStoreOptions {
  /** What a call that fails rejects with; by default an error that names method and call. */
  error?: Error;
  /** Whether a call that fails has done its work all the same, as where a commit's answer is lost. */
  afterwards?: boolean;
}

/**
 * A store, yours or one of ours, that fails at the calls that you name. It is taken for one that outlives
 * the process, as databases do. What a test reads through `chat.items()` and the results does not count.
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
      error ?? new Error(`The store fails, as the test wants: ${method}, call ${String(count)}.`);
    return fail(failure, afterwards ? proceed : undefined);
  });
}

function fails(calls: FailingCalls | undefined, count: number): boolean {
  if (calls === undefined) return false;
  return calls === 'always' || (typeof calls === 'number' ? calls === count : calls.includes(count));
}

/** As databases fail: later, and not at once. */
async function fail(error: Error, work: (() => unknown) | undefined): Promise<never> {
  await work?.();
  throw error;
}
