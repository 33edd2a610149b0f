import { useRef, useSyncExternalStore } from 'react';

/** A value that components can watch. */
export class Store<T> {
  private readonly listeners = new Set<() => void>();

  constructor(private value: T) {}

  readonly get = (): T => this.value;

  set(value: T): void {
    if (Object.is(value, this.value)) return;
    this.value = value;
    for (const listener of this.listeners) listener();
  }

  update(change: (value: T) => T): void {
    this.set(change(this.value));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

/** The value of a store; the component re-renders when it changes. */
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}

/**
 * A part of a store's value; the component re-renders when that part changes.
 *
 * @param select must return the same value if the part has not changed
 */
export function usePart<T, P>(store: Store<T>, select: (value: T) => P): P {
  const last = useRef<{ value: T; part: P; select: (value: T) => P } | undefined>(undefined);
  return useSyncExternalStore(store.subscribe, () => {
    const value = store.get();
    const known = last.current;
    if (known?.value === value && known.select === select) return known.part;
    const part = select(value);
    last.current = { value, part, select };
    return part;
  });
}
