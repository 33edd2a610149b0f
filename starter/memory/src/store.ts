import { MemoryStore, type Store } from 'chatkit-controllers';

/** Keeps threads in memory, until the process ends. */
export function openStore(): Store {
  return new MemoryStore();
}
