import { type Page, type ThreadItem, type ThreadItemType } from '../../protocol';
import { type ItemListOptions, type SaveItemOptions, type StoredItem } from '../../store';
import { toPage } from '../page';
import { idTaken, notFound, versionDiffers } from '../store-errors';
import { lazyWidgetItem, widgetHead, type WidgetHead } from './lazy-widget';
import { type ThreadRecord } from './memory-threads';
import { Timeline } from './timeline';

interface ItemRecord {
  readonly id: string;
  readonly content: ThreadContent;
  readonly sequence: number;
  type: ThreadItemType;
  head: WidgetHead | undefined;
  /** Gone when the item is deleted: the rest is kept for cursors. */
  text: string | undefined;
  version: number;
}

interface ThreadContent {
  readonly items: Timeline<ItemRecord>;
  readonly deleted: Set<ItemRecord>;
}

/** The items of a {@link MemoryStore}. A thread that is passed here is there and in scope. */
export class MemoryItems {
  readonly #byId = new Map<string, ItemRecord>();
  readonly #contents = new Map<ThreadRecord, ThreadContent>();
  #sequence = 0;

  load(thread: ThreadRecord, itemId: string): StoredItem {
    const record = this.#byId.get(itemId);
    if (record?.text === undefined || record.content !== this.#contents.get(thread)) {
      throw notFound('Item', itemId);
    }
    const { head, text, version } = record;
    const item = head === undefined ? (JSON.parse(text) as ThreadItem) : lazyWidgetItem(head, text);
    return { item, version };
  }

  save(thread: ThreadRecord, item: ThreadItem, text: string, options: SaveItemOptions = {}): number {
    const content = this.#contentOf(thread);
    const record = this.#byId.get(item.id);
    if (record !== undefined && record.content !== content) throw idTaken('Item', item.id);
    const version = record?.text === undefined ? 0 : record.version;
    if (options.ifVersion !== undefined && options.ifVersion !== version) {
      throw versionDiffers(item.id, options.ifVersion);
    }
    if (record === undefined || version === 0) {
      if (record !== undefined) content.deleted.delete(record);
      this.#add(content, item, text);
    } else {
      record.type = item.type;
      record.head = widgetHead(item);
      record.text = text;
      record.version = version + 1;
    }
    return version + 1;
  }

  delete(thread: ThreadRecord, itemId: string): void {
    const content = this.#contents.get(thread);
    const record = this.#byId.get(itemId);
    if (record?.text === undefined || content === undefined || record.content !== content) return;
    content.items.remove(record);
    content.deleted.add(record);
    record.text = undefined;
  }

  list(thread: ThreadRecord, options: ItemListOptions): Page<ThreadItem> {
    const content = this.#contents.get(thread);
    const after = this.#cursor(content, options.after);
    const { types } = options;
    const accept = types === undefined ? undefined : (record: ItemRecord) => types.includes(record.type);
    const found = content?.items.page({ ...options, after }, accept) ?? [];
    return toPage(found, options.limit, ({ text = '' }) => JSON.parse(text) as ThreadItem);
  }

  /** Deletes all that the thread has, to the last trace. */
  deleteAll(thread: ThreadRecord): void {
    const content = this.#contents.get(thread);
    if (content === undefined) return;
    for (const { id } of content.items) this.#byId.delete(id);
    for (const { id } of content.deleted) this.#byId.delete(id);
    this.#contents.delete(thread);
  }

  clear(): void {
    this.#byId.clear();
    this.#contents.clear();
  }

  #add(content: ThreadContent, item: ThreadItem, text: string): void {
    const { id, type } = item;
    const sequence = ++this.#sequence;
    const record: ItemRecord = { id, content, sequence, type, head: widgetHead(item), text, version: 1 };
    this.#byId.set(id, record);
    content.items.append(record);
  }

  #contentOf(thread: ThreadRecord): ThreadContent {
    let content = this.#contents.get(thread);
    if (content === undefined) {
      content = { items: new Timeline(), deleted: new Set() };
      this.#contents.set(thread, content);
    }
    return content;
  }

  #cursor(content: ThreadContent | undefined, after: string | undefined): number | undefined {
    if (after === undefined) return undefined;
    const record = this.#byId.get(after);
    if (record === undefined || record.content !== content) throw notFound('Item', after);
    return record.sequence;
  }
}
