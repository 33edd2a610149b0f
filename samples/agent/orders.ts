export interface Order {
  id: string;
  state: 'on its way' | 'cancelled';
}

/** The orders of the shop; a real one asks its database. */
export class Orders {
  private readonly cancelled = new Set<string>();

  find(id: string): Order {
    return { id, state: this.cancelled.has(id) ? 'cancelled' : 'on its way' };
  }

  cancel(id: string): Order {
    this.cancelled.add(id);
    return this.find(id);
  }
}
