import type { Store } from '../../src/store';

export type StoreMethod = Exclude<keyof Store, 'admin'>;

export interface StoreCall {
  method: StoreMethod;
  args: readonly unknown[];
}

/** What is done at a call; the call itself goes on by `proceed`. */
export type Interference = (call: StoreCall, proceed: () => unknown, index: number) => unknown;

/**
 * A store, with something between it and its callers. Calls are counted from 1. It is taken for one that
 * outlives the process, as databases do: runs leave their records in it.
 */
export function interfere(store: Store, interference: Interference): Store & { calls: StoreCall[] } {
  const calls: StoreCall[] = [];
  return new Proxy(store, {
    get(target, key) {
      if (key === 'calls') return calls;
      if (key === 'isVolatile') return false;
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        const call = { method: key as StoreMethod, args };
        calls.push(call);
        const proceed = (): unknown => (value as (...all: unknown[]) => unknown).apply(target, args);
        return interference(call, proceed, calls.length);
      };
    },
  }) as Store & { calls: StoreCall[] };
}

/** A store whose every method answers later, as those do that talk to a database. */
export function slow(store: Store): Store & { calls: StoreCall[] } {
  return interfere(store, async (_, proceed) => {
    await new Promise((resolve) => setImmediate(resolve));
    return proceed();
  });
}
