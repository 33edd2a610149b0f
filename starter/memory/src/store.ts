import { MemoryStore, type Store } from 'chatkit-controllers';

/** Keeps threads as long as this process lives. */
export function openStore(): Store {
  return new MemoryStore();
}
