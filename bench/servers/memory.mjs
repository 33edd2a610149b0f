import { MemoryStore } from 'chatkit-controllers';
import { contestant } from './ours.mjs';

const store = new MemoryStore();

export const { options, seedStore, storedTypes } = contestant(store);

export function reset() {
  store.admin.close(); // a memory store forgets all, and goes on
  return seedStore();
}
