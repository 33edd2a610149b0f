import type { Store } from '../../src/store';
import { interfere, type InterferedStore } from '../../src/testing/stores';

export { interfere, type Interference, type StoreCall, type StoreMethod } from '../../src/testing/stores';

/** A store whose every method answers later, as those do that talk to a database. */
export function slow(store: Store): InterferedStore {
  return interfere(store, async (_, proceed) => {
    await new Promise((resolve) => setImmediate(resolve));
    return proceed();
  });
}
