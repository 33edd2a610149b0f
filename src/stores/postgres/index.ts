export { PostgresStore } from './postgres-store';
export type { PostgresStoreOptions } from './postgres-store';
export { PostgresSetupError } from './setup-error';
