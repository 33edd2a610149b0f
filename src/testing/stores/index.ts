export { failingStore } from './failing-store';
export type { FailingCalls, FailingStoreOptions, StoreFailures } from './failing-store';
export { interfere, storeBehind } from './interfere';
export type { Interference, InterferedStore, StoreCall, StoreMethod } from './interfere';
