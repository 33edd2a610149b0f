import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../../src/store';
import { interfere } from '../../support/failing-store';

/** A store that takes so many milliseconds to write an item. */
export function slowToWrite(store: Store, ms: number): Store {
  return interfere(store, async ({ method }, proceed) => {
    if (method === 'saveItem') await sleep(ms);
    return proceed();
  });
}
