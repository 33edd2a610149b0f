export { PostgresStore } from './postgres-store';
export type { PostgresStoreOptions } from './postgres-store';
export { PostgresSetupError } from './setup-error';
export { PostgresThreadLock } from './postgres-thread-lock';
export type { PostgresThreadLockOptions } from './postgres-thread-lock';
