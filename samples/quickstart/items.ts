import { ConflictError, NotFoundError, type ScopedStore } from 'chatkit-controllers';

/** What a user has done with an item. */
interface ItemState {
  starred: boolean;
  confirmed: boolean;
}

export interface Item extends ItemState {
  id: string;
  title: string;
}

const REGISTRY = [
  { id: 'item_1', title: 'Espresso machine' },
  { id: 'item_2', title: 'Coffee grinder' },
  { id: 'item_3', title: 'Milk jug' },
];

const ATTEMPTS = 5;

/**
 * The items, with what each user has done with them. That is kept in the chat's own store, so that it
 * is still there after a restart, and belongs to the user whose store it is.
 */
export class ItemService {
  async all(store: ScopedStore): Promise<Item[]> {
    return Promise.all(REGISTRY.map(async (item) => ({ ...item, ...(await load(store, item.id)).state })));
  }

  /** @throws NotFoundError */
  async toggleStar(store: ScopedStore, id: string): Promise<void> {
    await change(store, id, (state) => ({ ...state, starred: !state.starred }));
  }

  /** @throws NotFoundError */
  async confirm(store: ScopedStore, id: string): Promise<Item> {
    const item = find(id);
    return { ...item, ...(await change(store, id, (state) => ({ ...state, confirmed: true }))) };
  }

  /** @throws NotFoundError for an id that is none: clients can send any payload. */
  assertKnown(id: string): void {
    find(id);
  }
}

function find(id: string): { id: string; title: string } {
  const item = REGISTRY.find((each) => each.id === id);
  // The message of such an error is made for users and reaches them.
  if (item === undefined) throw new NotFoundError(`There is no item "${id}".`);
  return item;
}

async function load(store: ScopedStore, id: string): Promise<{ state: ItemState; version: number }> {
  const stored = await store.getValue(`item:${id}`);
  return {
    state: (stored?.value as ItemState | undefined) ?? { starred: false, confirmed: false },
    version: stored?.version ?? 0,
  };
}

/** Changes a record only as it was read: of two clicks at once, the slower reads again. */
async function change(
  store: ScopedStore,
  id: string,
  next: (state: ItemState) => ItemState,
): Promise<ItemState> {
  find(id);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { state, version } = await load(store, id);
    const changed = next(state);
    if ((await store.putValue(`item:${id}`, changed, { ifVersion: version })) !== undefined) return changed;
  }
  throw new ConflictError('Too many changes at once. Try again.');
}
