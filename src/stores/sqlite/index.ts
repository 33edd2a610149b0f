export { SqliteSetupError } from './setup-error';
export { SqliteStore } from './sqlite-store';
export type { SqliteStoreOptions } from './sqlite-store';
