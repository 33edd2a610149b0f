import { Store } from './store';

/** Results of client tools that are sent without asking, by the tool's name. */
class ToolReplies {
  private readonly stores = new Map<string, Store<string | undefined>>();

  of(name: string): Store<string | undefined> {
    let store = this.stores.get(name);
    if (store === undefined) this.stores.set(name, (store = new Store<string | undefined>(undefined)));
    return store;
  }
}

export const toolReplies = new ToolReplies();
