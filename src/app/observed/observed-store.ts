import { observed, type Telemetry } from '../../context';
import type { Awaitable, Store } from '../../store';

/** The methods that work for an owner. Maintenance is not observed, as it is not part of a request. */
type Method = Exclude<
  keyof Store,
  'onThreadDeleted' | 'threadLock' | 'writesInOrder' | 'isVolatile' | 'admin' | 'system'
>;

/** Wraps a store so that its calls are observed. */
export function observedStore(store: Store, telemetry: Telemetry): Store {
  const call = <M extends Method>(method: M): Store[M] => {
    const work = { kind: 'store', method, system: store.system } as const;
    const observedCall = (...args: unknown[]): Awaitable<unknown> =>
      observed(telemetry, work, () => {
        const found = store[method] as (...args: unknown[]) => Awaitable<unknown>; // read at each call: tests replace methods
        return found.apply(store, args);
      });
    return observedCall as Store[M];
  };
  return {
    loadThread: call('loadThread'),
    createThread: call('createThread'),
    patchThread: call('patchThread'),
    deleteThread: call('deleteThread'),
    listThreads: call('listThreads'),
    loadItem: call('loadItem'),
    saveItem: call('saveItem'),
    deleteItem: call('deleteItem'),
    listItems: call('listItems'),
    loadAttachment: call('loadAttachment'),
    saveAttachment: call('saveAttachment'),
    patchAttachment: call('patchAttachment'),
    deleteAttachment: call('deleteAttachment'),
    openRun: call('openRun'),
    closeRun: call('closeRun'),
    getValue: call('getValue'),
    putValue: call('putValue'),
    deleteValue: call('deleteValue'),
    ...(store.onThreadDeleted && { onThreadDeleted: store.onThreadDeleted.bind(store) }),
    get threadLock() {
      return store.threadLock;
    },
    get writesInOrder() {
      return store.writesInOrder;
    },
    get isVolatile() {
      return store.isVolatile;
    },
    get admin() {
      return store.admin;
    },
    get system() {
      return store.system;
    },
  };
}
