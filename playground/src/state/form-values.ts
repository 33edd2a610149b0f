import { Store } from './store';

export type FieldValue = string | boolean;

/**
 * The values that the user has entered in widgets, by item and field. They are kept outside the components,
 * since the list of messages unmounts items that are out of view.
 */
export class FormValues {
  private readonly stores = new Map<string, Store<FieldValue | undefined>>();

  /** The value of one field; undefined if the user has entered nothing. */
  field(itemId: string, name: string): Store<FieldValue | undefined> {
    const key = `${itemId} ${name}`;
    let store = this.stores.get(key);
    if (store === undefined) this.stores.set(key, (store = new Store<FieldValue | undefined>(undefined)));
    return store;
  }

  /** Clears the values of an item, for example after it was sent and replaced. */
  forget(itemId: string): void {
    for (const [key, store] of this.stores) if (key.startsWith(`${itemId} `)) store.set(undefined);
  }
}
