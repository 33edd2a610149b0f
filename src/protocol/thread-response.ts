import { isVisible } from './guards';
import type { ThreadItem, VisibleItem } from './items';
import type { Page, Thread, ThreadMetadata } from './threads';

/** A thread from the store, with or without its items. Hidden items may be among them. */
export type StoredThread = ThreadMetadata & { items?: Page<ThreadItem> | undefined };

function withoutAttachmentMetadata(item: VisibleItem): VisibleItem {
  if (item.type !== 'user_message') return item;
  const attachments = item.attachments.map((attachment) => {
    const shown = { ...attachment };
    delete shown.metadata;
    return shown;
  });
  return { ...item, attachments };
}

/**
 * The fields of a thread that the client may see. They are listed one by one, so that a new field is not sent
 * by accident.
 */
export function toThreadHead(thread: ThreadMetadata): ThreadMetadata {
  const { id, title, created_at, status, allowed_image_domains } = thread;
  return { id, title, created_at, status, allowed_image_domains, metadata: {} };
}

/**
 * A thread as it is sent to the client: `metadata` is empty, `items` is always present, and hidden items and
 * the metadata of attachments are left out. The input is not changed.
 *
 * @example toThreadResponse(await store.loadThread(scope, id)).items.data // []
 */
export function toThreadResponse(thread: StoredThread): Thread {
  const { data, has_more, after } = thread.items ?? { data: [], has_more: false };
  const shown = data.filter(isVisible).map(withoutAttachmentMetadata);
  return { ...toThreadHead(thread), items: { data: shown, has_more, after } };
}
