import { Store } from './store';

export type FieldValue = string | boolean;

/**
 * What the user entered in widgets, by item and field. It is kept outside the components, since a list
 * that shows only what is in view takes them away and makes them again.
 */
export class FormValues {
  private readonly stores = new Map<string, Store<FieldValue | undefined>>();

  /** The value of one field; undefined while the user has entered nothing. */
  field(itemId: string, name: string): Store<FieldValue | undefined> {
    const key = `${itemId} ${name}`;
    let store = this.stores.get(key);
    if (store === undefined) this.stores.set(key, (store = new Store<FieldValue | undefined>(undefined)));
    return store;
  }

  /** Forgets what was entered in an item, as after it was sent and replaced. */
  forget(itemId: string): void {
    for (const [key, store] of this.stores) if (key.startsWith(`${itemId} `)) store.set(undefined);
  }
}
