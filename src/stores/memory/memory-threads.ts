import { type Page, type ThreadItem, type ThreadItemType, type ThreadMetadata } from '../../protocol';
import {
  type ItemListOptions,
  type ListOptions,
  type SaveItemOptions,
  type StoredItem,
  type StoreScope,
  type ThreadPatch,
} from '../../store';
import { countOnPage, toPage } from '../page';
import { idTaken, notFound, versionDiffers } from '../store-errors';
import { takeThreadPatch } from '../take-patch';

/** An existing thread. */
export interface ThreadRecord {
  readonly id: string;
  readonly owner: string;
  readonly sequence: number;
  readonly items: ThreadItems;
  text: string;
}

/** What is kept of a deleted thread: its position, for cursors. */
type ThreadGrave = Omit<ThreadRecord, 'text' | 'items'> & { text: undefined };

/** The threads of a {@link MemoryStore}. */
export class MemoryThreads {
  readonly #byId = new Map<string, ThreadRecord | ThreadGrave>();
  readonly #byOwner = new Map<string, Timeline<ThreadRecord>>();
  readonly #all = new Timeline<ThreadRecord>();
  #sequence = 0;

  find({ owner }: StoreScope, threadId: string): ThreadRecord {
    const thread = this.#byId.get(threadId);
    if (thread?.text === undefined || thread.owner !== owner) throw notFound('Thread', threadId);
    return thread;
  }

  create({ owner }: StoreScope, thread: ThreadMetadata): void {
    if (this.#byId.has(thread.id)) throw idTaken('Thread', thread.id);
    const record = {
      id: thread.id,
      owner,
      sequence: ++this.#sequence,
      items: new ThreadItems(),
      text: JSON.stringify(thread),
    };
    this.#byId.set(record.id, record);
    this.#ownedBy(owner).append(record);
    this.#all.append(record);
  }

  patch(scope: StoreScope, threadId: string, patch: ThreadPatch): ThreadMetadata {
    const thread = this.find(scope, threadId);
    thread.text = takeThreadPatch(patch)(thread.text);
    return parseThread(thread);
  }

  /** Keeps a grave. */
  delete(thread: ThreadRecord): void {
    const { id, owner, sequence } = thread;
    this.#ownedBy(owner).remove(thread);
    this.#all.remove(thread);
    this.#byId.set(id, { id, owner, sequence, text: undefined });
  }

  /** Removes the owner's name from the graves of their threads. */
  forgetGravesOf(owner: string): void {
    for (const [id, thread] of this.#byId) {
      if (thread.text === undefined && thread.owner === owner) this.#byId.set(id, { ...thread, owner: '' });
    }
  }

  list({ owner }: StoreScope, options: ListOptions): Page<ThreadMetadata> {
    const after = this.#cursor(options.after, owner);
    const found = this.#byOwner.get(owner)?.page({ ...options, after }) ?? [];
    return pageOf(found, options, parseThread);
  }

  listAll(options: ListOptions): Page<ThreadMetadata & { owner: string }> {
    const after = this.#cursor(options.after);
    return pageOf(this.#all.page({ ...options, after }), options, (thread) => ({
      ...parseThread(thread),
      owner: thread.owner,
    }));
  }

  clear(): void {
    this.#byId.clear();
    this.#byOwner.clear();
    this.#all.clear();
  }

  #ownedBy(owner: string): Timeline<ThreadRecord> {
    let threads = this.#byOwner.get(owner);
    if (threads === undefined) this.#byOwner.set(owner, (threads = new Timeline()));
    return threads;
  }

  #cursor(after: string | undefined, owner?: string): number | undefined {
    if (after === undefined) return undefined;
    const thread = this.#byId.get(after);
    if (thread === undefined || (owner !== undefined && thread.owner !== owner)) {
      throw notFound('Thread', after);
    }
    return thread.sequence;
  }
}

function pageOf<T>(
  found: readonly ThreadRecord[],
  options: ListOptions,
  read: (thread: ThreadRecord) => T,
): Page<T> {
  const count = countOnPage(found, ({ text }) => Buffer.byteLength(text), options);
  return toPage(found, Array.from(found.slice(0, count), read));
}

export function parseThread({ text }: ThreadRecord): ThreadMetadata {
  return JSON.parse(text) as ThreadMetadata;
}

interface ItemRecord {
  readonly id: string;
  readonly sequence: number;
  type: ThreadItemType;
  /** `undefined` when the item is deleted: the rest is kept for cursors. */
  text: string | undefined;
  version: number;
}

/** The items of one thread of a {@link MemoryStore}. */
class ThreadItems {
  readonly #items = new Timeline<ItemRecord>();
  /** Includes deleted items. */
  readonly #byId = new Map<string, ItemRecord>();
  #sequence = 0;

  load(itemId: string): StoredItem {
    const record = this.#byId.get(itemId);
    if (record?.text === undefined) throw notFound('Item', itemId);
    // Parsed at once: V8 keeps an accessor that parses on demand in the old generation, and what it holds
    // survives every scavenge (0.54 against 0.60 of a bare server's requests per second).
    return { item: JSON.parse(record.text) as ThreadItem, version: record.version };
  }

  save(item: ThreadItem, text: string, { ifVersion }: SaveItemOptions = {}): number {
    const record = this.#byId.get(item.id);
    const version = record?.text === undefined ? 0 : record.version;
    if (ifVersion !== undefined && ifVersion !== version) throw versionDiffers(item.id, ifVersion);
    if (record === undefined || version === 0) {
      this.#add(item, text);
    } else {
      record.type = item.type;
      record.text = text;
      record.version = version + 1;
    }
    return version + 1;
  }

  delete(itemId: string): void {
    const record = this.#byId.get(itemId);
    if (record?.text === undefined) return;
    this.#items.remove(record);
    record.text = undefined;
  }

  list(options: ItemListOptions): Page<ThreadItem> {
    const after = this.#cursor(options.after);
    const { types } = options;
    const accept = types === undefined ? undefined : (record: ItemRecord) => types.includes(record.type);
    const found = this.#items.page({ ...options, after }, accept);
    const count = countOnPage(found, ({ text = '' }) => Buffer.byteLength(text), options);
    return toPage(
      found,
      Array.from(found.slice(0, count), ({ text = '' }) => JSON.parse(text) as ThreadItem),
    );
  }

  #add({ id, type }: ThreadItem, text: string): void {
    const record: ItemRecord = { id, sequence: ++this.#sequence, type, text, version: 1 };
    this.#byId.set(id, record);
    this.#items.append(record);
  }

  #cursor(after: string | undefined): number | undefined {
    if (after === undefined) return undefined;
    const record = this.#byId.get(after);
    if (record === undefined) throw notFound('Item', after);
    return record.sequence;
  }
}

/** An entry with a position in an order. */
interface Sequenced {
  /** Greater than that of all earlier entries. */
  readonly sequence: number;
}

/** Where a page starts: after this sequence; `undefined` for the beginning. */
interface Window extends Pick<ListOptions, 'order' | 'limit'> {
  after: number | undefined;
}

/** Entries ordered by sequence, found by binary search: a page costs only its own length. */
export class Timeline<Entry extends Sequenced> {
  readonly #entries: Entry[] = [];

  [Symbol.iterator](): Iterator<Entry> {
    return this.#entries.values();
  }

  /** Adds an entry whose sequence is the greatest so far. */
  append(entry: Entry): void {
    this.#entries.push(entry);
  }

  remove(entry: Entry): void {
    const index = this.#firstFrom(entry.sequence);
    if (this.#entries[index] === entry) this.#entries.splice(index, 1);
  }

  clear(): void {
    this.#entries.length = 0;
  }

  /** The accepted entries after `after`: up to one more than `limit`. */
  page({ order, limit, after }: Window, accept?: (entry: Entry) => boolean): Entry[] {
    const step = order === 'asc' ? 1 : -1;
    const found: Entry[] = [];
    for (let index = this.#start(order, after); found.length <= limit; index += step) {
      const entry = this.#entries[index];
      if (entry === undefined) break;
      if (accept === undefined || accept(entry)) found.push(entry);
    }
    return found;
  }

  #start(order: 'asc' | 'desc', after: number | undefined): number {
    if (order === 'asc') return after === undefined ? 0 : this.#firstFrom(after + 1);
    return (after === undefined ? this.#entries.length : this.#firstFrom(after)) - 1;
  }

  /** The index of the first entry whose sequence is at least this. */
  #firstFrom(sequence: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.#entries[middle];
      if (entry !== undefined && entry.sequence < sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
