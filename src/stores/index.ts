export { InProcessThreadLock } from './in-process-thread-lock';
export { MemoryStore } from './memory';
