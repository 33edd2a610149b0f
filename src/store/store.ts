import type { Attachment, Page, ThreadItem, ThreadItemType, ThreadMetadata } from '../protocol';
import type { Awaitable } from './awaitable';
import type { ThreadLock } from './thread-lock';

/** The owner for whom a store method works. Data of other owners is not found. */
export interface StoreScope {
  readonly owner: string;
  /** What the application's `context(req)` returned. */
  readonly requestContext: unknown;
  readonly signal: AbortSignal;
}

/**
 * The default size limit of a page: 4 MiB. A hundred entries of 40 KB fit. To read, parse and write such a
 * page costs about ten megabytes and some tens of milliseconds.
 */
export const PAGE_BYTES = 4 * 1024 * 1024;

/** Selects a page of a list. */
export interface ListOptions {
  /** At least 1. */
  limit: number;
  /**
   * A page ends before the entry whose JSON text would exceed this many bytes in total, even if it is not
   * full. Only its first entry may be larger. {@link PAGE_BYTES} by default.
   */
  maxBytes?: number | undefined;
  order: 'asc' | 'desc';
  /** The id of the last entry of the page before. It stays valid when that entry is hidden or deleted. */
  after?: string | undefined;
}

/** Selects a page of a thread's items. */
export interface ItemListOptions extends ListOptions {
  /** Only items of these types; they fill the page. */
  types?: readonly ThreadItemType[] | undefined;
}

/**
 * The fields of a thread that a run may change. A field with the value `undefined` is cleared. In `metadata`,
 * the given keys are set, keys with the value `undefined` are removed, and all others stay, so that
 * concurrent changes are not lost.
 *
 * @example
 * await store.patchThread(scope, id, { title: 'Cart', metadata: { step: 2, draft: undefined } });
 */
export type ThreadPatch = Partial<
  Pick<ThreadMetadata, 'title' | 'status' | 'allowed_image_domains' | 'metadata'>
>;

/**
 * The fields of an attachment's record that change after it was created: its upload ends, a message carries
 * it, the integration adds metadata. As in a {@link ThreadPatch}, `undefined` clears a field or key.
 */
export type AttachmentPatch = Partial<Pick<Attachment, 'upload_descriptor' | 'thread_id' | 'metadata'>>;

/** An item with its stored version. */
export interface StoredItem<T extends ThreadItem = ThreadItem> {
  item: T;
  /** Grows by 1 with each save of this item; the first is 1. */
  version: number;
}

/** Options of {@link Store.saveItem}. */
export interface SaveItemOptions {
  /** Save only if the stored version is this one (0: only if the item does not exist). */
  ifVersion?: number | undefined;
}

/** A run in progress. After a crash, the record tells the next start which run was interrupted. */
export interface OpenRun {
  id: string;
  thread_id: string;
  /** The app that runs it: a random name, new at each start, with a lease as long as the app lives. */
  instance: string;
  /** ISO 8601 in UTC. */
  started_at: string;
}

/** Options of {@link Store.openRun}. */
export interface OpenRunOptions {
  /**
   * For a store that commits later than it is called: whether the run is already over. The store calls this
   * when it is about to write the record. If the run is over, and the same commit contains all writes that
   * the store received meanwhile, the store does not write the record, and `closeRun` is not called. The
   * result of the last call counts: call it again when the commit is retried, and do not call it if the
   * record is written in any case.
   */
  isOver?: (() => boolean) | undefined;
}

/** A value with its stored version. */
export interface StoredValue {
  value: unknown;
  /** Grows by 1 with each put; the first is 1. */
  version: number;
}

/** A value with its key. */
export interface KeyedValue {
  key: string;
  value: unknown;
}

/** Options of {@link Store.putValue}. */
export interface PutOptions {
  /** Put only if the stored version is this one (0: only if there is no value or it has expired). */
  ifVersion?: number | undefined;
  /** When the value expires, in milliseconds since the epoch; never by default. */
  expiresAt?: number | undefined;
  /** The thread that the value belongs to. The value is deleted with it. None by default. */
  threadId?: string | undefined;
}

/**
 * Keeps threads, items and records of attachments. Each method takes a {@link StoreScope} first and accesses
 * only that owner's data. Arguments are copied when the method is called, even if it has to wait; returned
 * values belong to the caller. Lists are ordered by insertion, never by time. Pages are limited by bytes as
 * well as by count: a store finds out how large entries are before it reads them. A write has succeeded when
 * it is committed: its data survives a crash of the process.
 *
 * Owners and ids that come from requests are well-formed text without NUL. If application code creates
 * others, a store rejects them or keeps them apart, and never confuses two of them.
 *
 * Run the contract suite of `chatkit-controllers/testing` on a store of your own.
 */
export interface Store {
  /** @throws NotFoundError */
  loadThread(scope: StoreScope, threadId: string): Awaitable<ThreadMetadata>;
  /** @throws DeveloperError `id_taken`, whichever owner has it. The id of a deleted thread stays taken. */
  createThread(scope: StoreScope, thread: ThreadMetadata): Awaitable<void>;
  /**
   * Changes only the given fields, and in `metadata` only the given keys, and returns the changed thread.
   * Other fields of the object are ignored. The change is atomic: concurrent changes are not lost.
   * @throws NotFoundError
   */
  patchThread(scope: StoreScope, threadId: string, patch: ThreadPatch): Awaitable<ThreadMetadata>;
  /**
   * Deletes the thread with its items, its open-run records and the values that belong to it.
   * @throws NotFoundError
   */
  deleteThread(scope: StoreScope, threadId: string): Awaitable<void>;
  /** @throws NotFoundError when `after` names no thread that ever existed. */
  listThreads(scope: StoreScope, options: ListOptions): Awaitable<Page<ThreadMetadata>>;

  /** @throws NotFoundError when the thread or the item does not exist. */
  loadItem(scope: StoreScope, threadId: string, itemId: string): Awaitable<StoredItem>;
  /**
   * Adds the item at the end, or replaces the item with this id in its place. Returns its version. `text` is
   * `item` as JSON, ready to store. An item that was deleted is added as a new one: at the end, with version
   * 1. Ids are unique within their thread: another thread may have an item with the same id.
   * @throws NotFoundError when the thread (`item.thread_id`) does not exist.
   * @throws ConflictError when `ifVersion` is given and does not match.
   */
  saveItem(scope: StoreScope, item: ThreadItem, text: string, options?: SaveItemOptions): Awaitable<number>;
  /**
   * Deletes an item, if it exists.
   * @throws NotFoundError when the thread does not exist.
   */
  deleteItem(scope: StoreScope, threadId: string, itemId: string): Awaitable<void>;
  /** @throws NotFoundError when the thread does not exist, or `after` names no item that was ever in it. */
  listItems(scope: StoreScope, threadId: string, options: ItemListOptions): Awaitable<Page<ThreadItem>>;

  /** @throws NotFoundError */
  loadAttachment(scope: StoreScope, attachmentId: string): Awaitable<Attachment>;
  /**
   * Adds or replaces a record.
   * @throws DeveloperError `id_taken` when another owner has the id.
   */
  saveAttachment(scope: StoreScope, attachment: Attachment): Awaitable<void>;
  /**
   * Changes only the given fields, and in `metadata` only the given keys, and returns the changed record. The
   * change is atomic: concurrent changes are not lost.
   * @throws NotFoundError
   */
  patchAttachment(scope: StoreScope, attachmentId: string, patch: AttachmentPatch): Awaitable<Attachment>;
  /** @throws NotFoundError */
  deleteAttachment(scope: StoreScope, attachmentId: string): Awaitable<void>;

  /**
   * Stores the record of a run.
   * @throws NotFoundError when the thread does not exist.
   * @throws DeveloperError `id_taken`, whichever owner has it.
   */
  openRun(scope: StoreScope, run: OpenRun, options?: OpenRunOptions): Awaitable<void>;
  /** Deletes the record, if it exists. */
  closeRun(scope: StoreScope, runId: string): Awaitable<void>;

  /** Returns the value of a key, unless it has expired. */
  getValue(scope: StoreScope, key: string): Awaitable<StoredValue | undefined>;
  /**
   * Puts a JSON value and returns its new version, or `undefined` when `ifVersion` does not match. If several
   * processes put over the same version at once, exactly one gets a number. After expiry or deletion,
   * versions start at 1 again: if an old holder must not be mistaken for a new one, put a random token into
   * the value. Each put replaces expiry and thread.
   * @throws TypeError when the value has no JSON text (`undefined`, a function).
   * @throws NotFoundError when `threadId` names no existing thread.
   */
  putValue(
    scope: StoreScope,
    key: string,
    value: unknown,
    options?: PutOptions,
  ): Awaitable<number | undefined>;
  /** Deletes the value, if it exists. */
  deleteValue(scope: StoreScope, key: string): Awaitable<void>;

  /**
   * For a store that several processes share: calls `listener` for each thread that any of them deletes, so
   * that its runs are cancelled in every process. A deletion may be missed while the store cannot be reached:
   * then a run of that thread fails with its next write.
   *
   * @returns a function that removes the listener
   */
  onThreadDeleted?(listener: (owner: string, threadId: string) => void): () => void;

  /**
   * For a store that several processes share: runs one run of a thread at a time, across all processes. Apps
   * use it unless their option `threads.lock` names another.
   */
  readonly threadLock?: ThreadLock | undefined;

  /**
   * `true` if writes are committed in the order of the calls. Then a run makes its next write while the last
   * one still waits for its commit, so that one commit may contain both. Events still wait for the commit
   * before they are sent.
   */
  readonly writesInOrder?: boolean | undefined;

  /**
   * `true` if the data does not outlive the process. Then a crash leaves no partial run behind, so runs write
   * no records: `openRun` and `closeRun` are not called.
   */
  readonly isVolatile?: boolean | undefined;

  /** The name of the database for telemetry: `postgresql`, `sqlite`. */
  readonly system?: string | undefined;

  /** Maintenance for all owners, if the store supports it. */
  readonly admin?: StoreAdmin | undefined;
}

/** Selects a batch of a maintenance list. */
export interface BatchOptions {
  /** At least 1. */
  limit: number;
  /**
   * The `after` of the previous batch. Its content is up to the store. It stays valid when entries are
   * deleted.
   */
  after?: string | undefined;
}

/** Work on a store for all owners: startup, retention, migration. */
export interface StoreAdmin {
  /** Brings the store's schema up to date. Called when the app starts; may be called again. */
  migrate(): Awaitable<void>;
  /** The records of runs, oldest first, each with its owner. */
  listOpenRuns(options: BatchOptions): Awaitable<Page<OpenRun & { owner: string }>>;
  /** Deletes expired values, and returns how many. `now` is in milliseconds since the epoch. */
  cleanUpValues(now: number): Awaitable<number>;
  /** Threads of all owners, ordered by insertion, each with its owner. */
  listThreads(options: ListOptions): Awaitable<Page<ThreadMetadata & { owner: string }>>;
  /**
   * Attachments of all owners that no message carries (no `thread_id`) and that were first saved before this
   * time, in milliseconds since the epoch. The oldest first, each with its owner.
   */
  listUnsentAttachments(
    before: number,
    options: BatchOptions,
  ): Awaitable<Page<Attachment & { owner: string }>>;
  /** The records of an owner's attachments, ordered by when they were first saved. */
  listAttachments(owner: string, options: BatchOptions): Awaitable<Page<Attachment>>;
  /** An owner's values that have not expired, ordered by key. Any stable order of keys will do. */
  listValues(owner: string, options: BatchOptions): Awaitable<Page<KeyedValue>>;
  /**
   * Deletes an owner's attachment records and values, and removes the owner's name from the ids that are kept
   * of deleted threads. Those ids stay taken. Existing threads are not deleted: delete them first.
   */
  forgetOwner(owner: string): Awaitable<void>;
  /** Releases files and connections. The store cannot be used afterwards. */
  close(): Awaitable<void>;
}
