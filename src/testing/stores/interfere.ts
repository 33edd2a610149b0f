import type { Store } from '../../store';

/** The methods of a store that take a scope. */
export type StoreMethod = {
  [K in keyof Store]-?: NonNullable<Store[K]> extends (...args: never[]) => unknown ? K : never;
}[keyof Store];

/** A call of a store's method. */
export interface StoreCall {
  readonly method: StoreMethod;
  /** The arguments from the app, the scope first. */
  readonly args: readonly unknown[];
}

/** Runs instead of a call; `proceed` makes the call itself. Calls are counted from 1. */
export type Interference = (call: StoreCall, proceed: () => unknown, index: number) => unknown;

/** A store whose calls are intercepted. */
export type InterferedStore<T extends Store = Store> = T & {
  /** All calls so far, in order. */
  readonly calls: StoreCall[];
};

const behind = new WeakMap<Store, Store>();

/** The store without interference, for a test's own reads. */
export function storeBehind(store: Store): Store {
  const found = behind.get(store);
  return found === undefined ? store : storeBehind(found);
}

/**
 * Wraps a store so that its calls are intercepted. The result counts as a store that outlives the process,
 * like a database: runs write their records to it, even with a `MemoryStore`.
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
