import type { StoreScope } from './store';

/** The scope for work of the package itself, outside a request. `forMs` limits it, in milliseconds. */
export function maintenanceScope(owner: string, forMs = 30_000): StoreScope {
  return { owner, requestContext: undefined, signal: AbortSignal.timeout(forMs) };
}
