import type { StoreScope } from './store';

/** On whose behalf the package itself works, where there is no request: for so many milliseconds at most. */
export function maintenanceScope(owner: string, forMs = 30_000): StoreScope {
  return { owner, requestContext: undefined, signal: AbortSignal.timeout(forMs) };
}
