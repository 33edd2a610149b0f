import type { Attachment, Page, ThreadItem, ThreadItemType, ThreadMetadata } from '../protocol';
import type { Awaitable } from './awaitable';
import type { ThreadLock } from './thread-lock';

/** For which owner a store method works. Data of other owners is not found. */
export interface StoreScope {
  readonly owner: string;
  /** What the application's `context(req)` returned. */
  readonly requestContext: unknown;
  readonly signal: AbortSignal;
}

/**
 * The bytes of a page by default: 4 MiB. A hundred entries of forty kilobytes fit, and a page that is
 * read, parsed and written costs some ten megabytes and some tens of milliseconds.
 */
export const PAGE_BYTES = 4 * 1024 * 1024;

/** Which part of a list is wanted. */
export interface ListOptions {
  /** At least 1. */
  limit: number;
  /**
   * A page ends before the entry whose JSON text would take it beyond this many bytes, even if it is
   * not full; only its first entry may be larger. {@link PAGE_BYTES} by default.
   */
  maxBytes?: number | undefined;
  order: 'asc' | 'desc';
  /** The id of the last entry already seen; it stays valid when that entry is hidden or deleted. */
  after?: string | undefined;
}

/** Which items of a thread a page holds. */
export interface ItemListOptions extends ListOptions {
  /** Only these types; the page is filled with them. */
  types?: readonly ThreadItemType[] | undefined;
}

/**
 * The fields of a thread that a run may change; a field that is there as `undefined` is cleared. Of
 * `metadata` the keys that are there are set, those that are there as `undefined` are removed, and all
 * others stay: what several change at once is not lost.
 *
 * @example
 * await store.patchThread(scope, id, { title: 'Cart', metadata: { step: 2, draft: undefined } });
 */
export type ThreadPatch = Partial<
  Pick<ThreadMetadata, 'title' | 'status' | 'allowed_image_domains' | 'metadata'>
>;

/**
 * The fields of an attachment's record that change after it was made: its upload ends, a message carries
 * it, the integration notes something. As in a {@link ThreadPatch}, `undefined` clears a field or key.
 */
export type AttachmentPatch = Partial<Pick<Attachment, 'upload_descriptor' | 'thread_id' | 'metadata'>>;

/** An item with the version that it is stored in. */
export interface StoredItem<T extends ThreadItem = ThreadItem> {
  item: T;
  /** Grows by 1 with every save of this item; the first is 1. */
  version: number;
}

/** Options of {@link Store.saveItem}. */
export interface SaveItemOptions {
  /** Save only if the stored version is this one (0: only if the item is not there). */
  ifVersion?: number | undefined;
}

/** A run in progress. What is left of it after a crash tells the next start what was cut off. */
export interface OpenRun {
  id: string;
  thread_id: string;
  /** The app that runs it: a random name, new for each start, that has a lease while it lives. */
  instance: string;
  /** ISO 8601 in UTC. */
  started_at: string;
}

/** Options of {@link Store.openRun}. */
export interface OpenRunOptions {
  /**
   * For a store that commits later than it is called: whether the run is over already. Asked when the
   * record is to be written. If it is over, and all writes that the store was given meanwhile are in the
   * same commit, the record is not written, and `closeRun` is not called. What the last call
   * returned holds: ask again when the commit is tried again, and do not ask where the record is written anyway.
   */
  isOver?: (() => boolean) | undefined;
}

/** A value with the version that it is stored in. */
export interface StoredValue {
  value: unknown;
  /** Grows by 1 with every put; the first is 1. */
  version: number;
}

/** A value with its key. */
export interface KeyedValue {
  key: string;
  value: unknown;
}

/** Options of {@link Store.putValue}. */
export interface PutOptions {
  /** Put only if the stored version is this one (0: only if nothing is there or it has expired). */
  ifVersion?: number | undefined;
  /** When the value stops being there, in milliseconds since the epoch; never by default. */
  expiresAt?: number | undefined;
  /** The thread that the value belongs to: it is deleted together with it. None by default. */
  threadId?: string | undefined;
}

/**
 * Keeps threads, items and records of attachments. Every method takes a {@link StoreScope} first and
 * accesses only that owner's data. Arguments are copied when the method is called, even if it has to wait;
 * returned values belong to the caller. Lists are ordered by insertion, never by time. Their pages end by
 * bytes as well as by count: a store finds out how large entries are before it reads them. A write has
 * succeeded when it is committed: its data survives a crash of the process.
 *
 * Owners and ids that come from requests are well-formed text without NUL. Where application code makes
 * others, a store refuses them or keeps them apart, and never takes one for another.
 *
 * Run the contract suite of `chatkit-controllers/testing` on a store of your own.
 */
export interface Store {
  /** @throws NotFoundError */
  loadThread(scope: StoreScope, threadId: string): Awaitable<ThreadMetadata>;
  /** @throws DeveloperError `id_taken`, by whomever; that of a deleted thread stays taken. */
  createThread(scope: StoreScope, thread: ThreadMetadata): Awaitable<void>;
  /**
   * Changes the given fields only, of `metadata` the given keys, and returns the thread as it then is.
   * Of an object with other fields, those are left alone. It is one change: of several at once none is
   * lost.
   * @throws NotFoundError
   */
  patchThread(scope: StoreScope, threadId: string, patch: ThreadPatch): Awaitable<ThreadMetadata>;
  /**
   * Deletes the thread with its items, its open-run records and the values that belong to it.
   * @throws NotFoundError
   */
  deleteThread(scope: StoreScope, threadId: string): Awaitable<void>;
  /** @throws NotFoundError when `after` names no thread that ever was. */
  listThreads(scope: StoreScope, options: ListOptions): Awaitable<Page<ThreadMetadata>>;

  /** @throws NotFoundError when the thread or the item is not there. */
  loadItem(scope: StoreScope, threadId: string, itemId: string): Awaitable<StoredItem>;
  /**
   * Adds the item at the end, or replaces the one of that id in its place, and returns its version.
   * `text` is `item` as JSON, ready to keep. One that was deleted comes back as a new one: at the end,
   * with version 1. Ids are unique within their thread: another thread may have an item of the same id.
   * @throws NotFoundError when the thread (`item.thread_id`) is not there.
   * @throws ConflictError when `ifVersion` is given and does not match.
   */
  saveItem(scope: StoreScope, item: ThreadItem, text: string, options?: SaveItemOptions): Awaitable<number>;
  /**
   * Deletes an item, if there is one.
   * @throws NotFoundError if the thread does not exist.
   */
  deleteItem(scope: StoreScope, threadId: string, itemId: string): Awaitable<void>;
  /** @throws NotFoundError when the thread is not there, or `after` names no item that ever was in it. */
  listItems(scope: StoreScope, threadId: string, options: ItemListOptions): Awaitable<Page<ThreadItem>>;

  /** @throws NotFoundError */
  loadAttachment(scope: StoreScope, attachmentId: string): Awaitable<Attachment>;
  /**
   * Adds or replaces.
   * @throws DeveloperError `id_taken` when the id is another owner's.
   */
  saveAttachment(scope: StoreScope, attachment: Attachment): Awaitable<void>;
  /**
   * Changes the given fields only, of `metadata` the given keys, and returns the record as it then is. It
   * is one change: of several at once none is lost.
   * @throws NotFoundError
   */
  patchAttachment(scope: StoreScope, attachmentId: string, patch: AttachmentPatch): Awaitable<Attachment>;
  /** @throws NotFoundError */
  deleteAttachment(scope: StoreScope, attachmentId: string): Awaitable<void>;

  /**
   * @throws NotFoundError when the thread is not there.
   * @throws DeveloperError `id_taken`, by whomever.
   */
  openRun(scope: StoreScope, run: OpenRun, options?: OpenRunOptions): Awaitable<void>;
  /** Deletes the record, if there is one. */
  closeRun(scope: StoreScope, runId: string): Awaitable<void>;

  /** The value of a key, unless it has expired. */
  getValue(scope: StoreScope, key: string): Awaitable<StoredValue | undefined>;
  /**
   * Puts a JSON value and returns its new version, or `undefined` when `ifVersion` did not match.
   * Of several processes that put the same version at once, exactly one gets a number. After expiry
   * or deletion versions begin at 1 again: where an old holder must not be taken for a new one, put a
   * random token into the value. Each put sets expiry and thread anew.
   * @throws TypeError when the value has no JSON text (`undefined`, a function).
   * @throws NotFoundError when `threadId` names no thread that is there.
   */
  putValue(
    scope: StoreScope,
    key: string,
    value: unknown,
    options?: PutOptions,
  ): Awaitable<number | undefined>;
  /** Deletes the value, if there is one. */
  deleteValue(scope: StoreScope, key: string): Awaitable<void>;

  /**
   * For a store that several processes share: tells of each thread that is deleted, by whichever of them, so
   * that runs of it are cancelled wherever they are. What is deleted while the store cannot be reached may go untold:
   * a run of such a thread fails with its next write.
   *
   * @returns ends the telling
   */
  onThreadDeleted?(listener: (owner: string, threadId: string) => void): () => void;

  /**
   * For a store that several processes share: keeps runs of a thread apart in all of them. Apps use it
   * unless their option `threads.lock` names another.
   */
  readonly threadLock?: ThreadLock | undefined;

  /**
   * `true` where writes are committed in the order of the calls. Then a run makes its next write while the
   * last one still waits for its commit, so that both may be in the same one; what it sends waits.
   */
  readonly writesInOrder?: boolean | undefined;

  /**
   * `true` where nothing of the store outlives its process. Then no crash leaves a part of a run in it, and
   * runs write no records: `openRun` and `closeRun` are not called for them.
   */
  readonly isVolatile?: boolean | undefined;

  /** The database, as telemetry is to name it: `postgresql`, `sqlite`. */
  readonly system?: string | undefined;

  /** Maintenance over all owners, where the store can do it. */
  readonly admin?: StoreAdmin | undefined;
}

/** Which batch of a list for maintenance is wanted. */
export interface BatchOptions {
  /** At least 1. */
  limit: number;
  /** The `after` of the batch before. The store says what is in it; it holds when entries are deleted. */
  after?: string | undefined;
}

/** Work on a store for no particular owner: startup, retention, migration. */
export interface StoreAdmin {
  /** Brings the store's schema up to date. Called once when the app starts; may be called again. */
  migrate(): Awaitable<void>;
  /** Records of runs, oldest first, each with its owner. */
  listOpenRuns(options: BatchOptions): Awaitable<Page<OpenRun & { owner: string }>>;
  /** Deletes values that have expired, and returns how many. `now` is in milliseconds since the epoch. */
  cleanUpValues(now: number): Awaitable<number>;
  /** Threads of all owners, by insertion, each with its owner. */
  listThreads(options: ListOptions): Awaitable<Page<ThreadMetadata & { owner: string }>>;
  /**
   * Attachments of all owners that no message carries (without a `thread_id`) and that were first saved
   * before this time, in milliseconds since the epoch; the oldest first, each with its owner.
   */
  listUnsentAttachments(
    before: number,
    options: BatchOptions,
  ): Awaitable<Page<Attachment & { owner: string }>>;
  /** The records of an owner's attachments, by their first saving. */
  listAttachments(owner: string, options: BatchOptions): Awaitable<Page<Attachment>>;
  /** An owner's values that have not expired, by their keys. The keys are compared in any order that stays. */
  listValues(owner: string, options: BatchOptions): Awaitable<Page<KeyedValue>>;
  /**
   * Deletes an owner's attachment records and values, and takes the owner's name from what is kept of deleted
   * threads, whose ids stay taken. Threads that are there are left alone: they are deleted before.
   */
  forgetOwner(owner: string): Awaitable<void>;
  /** Releases files and connections. The store cannot be used afterwards. */
  close(): Awaitable<void>;
}
