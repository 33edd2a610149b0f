import type { Store } from '../../store';

/** The methods of a store that work for an owner. */
export type StoreMethod = {
  [K in keyof Store]-?: NonNullable<Store[K]> extends (...args: never[]) => unknown ? K : never;
}[keyof Store];

/** A call of a store's method. */
export interface StoreCall {
  readonly method: StoreMethod;
  /** As the app gave them: the scope first. */
  readonly args: readonly unknown[];
}

/** What is done at a call instead; `proceed` makes the call itself. Calls are counted from 1. */
export type Interference = (call: StoreCall, proceed: () => unknown, index: number) => unknown;

/** A store with something between it and its callers. */
export type InterferedStore<T extends Store = Store> = T & {
  /** All calls so far, in order. */
  readonly calls: StoreCall[];
};

const behind = new WeakMap<Store, Store>();

/** The store that a test's own reads go to: without what interferes. */
export function storeBehind(store: Store): Store {
  const found = behind.get(store);
  return found === undefined ? store : storeBehind(found);
}

/**
 * A store with something between it and its callers. It is taken for one that outlives the process, as
 * databases do: runs leave their records in it, also in a `MemoryStore`.
 */
export function interfere<T extends Store>(store: T, interference: Interference): InterferedStore<T> {
  const calls: StoreCall[] = [];
  const interfered = new Proxy(store, {
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
  }) as InterferedStore<T>;
  behind.set(interfered, store);
  return interfered;
}
