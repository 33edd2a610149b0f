export { InProcessThreadLock } from './in-process-thread-lock';
export { MemoryStore } from './memory';
export { StoreRateLimiter } from './store-rate-limiter';
export type { StoreRateLimiterOptions } from './store-rate-limiter';
