import { MemoryStore } from '../../src/stores';

/** A store in memory that runs take for one on a disk: they leave their records in it. */
export class PersistentStore extends MemoryStore {
  override readonly isVolatile = false;
}
