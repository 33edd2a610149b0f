import type { Page, VisibleItem } from '../protocol';
import type { Connection } from './connection';
import type { PageInput } from './operations';
import type { CallOptions } from './options';
import { paginate } from './paginate';

/** The operations on the items of a thread. */
export class ItemsApi {
  /** @internal */
  constructor(private readonly connection: Connection) {}

  /** One page of a thread's items, the newest first unless asked otherwise. */
  list(threadId: string, page: PageInput = {}, call?: CallOptions): Promise<Page<VisibleItem>> {
    return this.connection.send('items.list', { ...page, thread_id: threadId }, call);
  }

  /**
   * All items of a thread, fetched as the loop goes on; `limit` is the size of a page.
   *
   * @example for await (const item of client.items.iterate(thread.id, { order: 'asc' })) …
   */
  iterate(
    threadId: string,
    page: PageInput = {},
    call?: CallOptions,
  ): AsyncGenerator<VisibleItem, void, undefined> {
    return paginate((after) => this.list(threadId, { ...page, after }, call), page.after);
  }

  /** Thumbs up or down for items. */
  async feedback(
    threadId: string,
    itemIds: readonly string[],
    kind: 'positive' | 'negative',
    call?: CallOptions,
  ): Promise<void> {
    await this.connection.send('items.feedback', { thread_id: threadId, item_ids: [...itemIds], kind }, call);
  }
}
