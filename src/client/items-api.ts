import type { Page, VisibleItem } from '../protocol';
import type { Connection } from './connection';
import type { PageInput } from './operations';
import type { CallOptions } from './options';
import { paginate } from './paginate';

/** The operations on the items of a thread. */
export class ItemsApi {
  /** @internal */
  constructor(private readonly connection: Connection) {}

  /** Fetches one page of a thread's items, by default the newest first. */
  list(threadId: string, page: PageInput = {}, call?: CallOptions): Promise<Page<VisibleItem>> {
    return this.connection.send('items.list', { ...page, thread_id: threadId }, call);
  }

  /**
   * Iterates over all items of a thread. Pages are fetched as the loop needs them; `limit` is their size.
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

  /** Sends feedback (thumbs up or down) for items. */
  async feedback(
    threadId: string,
    itemIds: readonly string[],
    kind: 'positive' | 'negative',
    call?: CallOptions,
  ): Promise<void> {
    await this.connection.send('items.feedback', { thread_id: threadId, item_ids: [...itemIds], kind }, call);
  }
}
