import { type Attachment, type Page, type ThreadItem, type ThreadMetadata } from '../../protocol';
import {
  type AttachmentPatch,
  type Awaitable,
  type ItemListOptions,
  type ListOptions,
  type OpenRun,
  type OpenRunOptions,
  type PutOptions,
  type SaveItemOptions,
  type Store,
  type StoreAdmin,
  type StoredItem,
  type StoredValue,
  type StoreScope,
  type ThreadPatch,
} from '../../store';
import { Connection } from './connection';
import { Database } from './database';
import { databaseFile } from './database-file';
import { findDriver, type DriverName } from './find-driver';
import { FORGET_OWNER } from './owner-sql';
import { SqliteAttachments } from './sqlite-attachments';
import { SqliteItems } from './sqlite-items';
import { SqliteRuns } from './sqlite-runs';
import { SqliteThreads } from './sqlite-threads';
import { SqliteValues } from './sqlite-values';

/** Options of {@link SqliteStore}. */
export interface SqliteStoreOptions {
  /** How long a call waits for the file's lock of another process, in milliseconds; 5000 by default. */
  busyTimeoutMs?: number | undefined;
  /** By default Node's own, if it has one. */
  driver?: DriverName | undefined;
}

/**
 * A store in one SQLite file, for a server on one machine; several processes may share the file. The
 * driver is Node's own (22.13 and later) or the optional package `libsql`. The constructor creates or
 * updates the schema.
 *
 * Writes of one turn of the event loop are committed together at its end, and answered after that. When a
 * commit fails, all writes in it fail. Reads answer at once, with committed data.
 *
 * While another process holds the file's lock, calls wait without blocking the event loop; after
 * `busyTimeoutMs` they reject with an `UnavailableError` with the code `store_busy`. If the lock is held
 * when the store is created, the first call that gets it, or `admin.migrate()`, updates the schema.
 *
 * @example
 * import { SqliteStore } from 'chatkit-controllers/sqlite';
 *
 * const store = new SqliteStore('data/chat.db'); // creates the directory; ':memory:' uses no file
 * chatkit({ store, … });
 *
 * @throws SqliteSetupError when there is no driver, or a newer release wrote the file.
 */
export class SqliteStore implements Store {
  readonly writesInOrder = true;
  readonly system = 'sqlite';
  readonly #connection: Connection;
  readonly #threads: SqliteThreads;
  readonly #items: SqliteItems;
  readonly #attachments: SqliteAttachments;
  readonly #runs: SqliteRuns;
  readonly #values: SqliteValues;

  readonly admin = {
    migrate: () => this.#connection.migrate(),
    listOpenRuns: (options) => this.#runs.list(options),
    cleanUpValues: (now) => this.#values.cleanUp(now),
    listThreads: (options) => this.#threads.listAll(options),
    listUnsentAttachments: (before, options) => this.#attachments.listUnsent(before, options),
    listAttachments: (owner, options) => this.#attachments.listOf(owner, options),
    listValues: (owner, options) => this.#values.list(owner, options),
    forgetOwner: (owner) =>
      this.#connection.write(() => {
        for (const each of FORGET_OWNER) this.#connection.change(each).run(owner);
      }),
    close: () => this.close(),
  } satisfies StoreAdmin;

  constructor(file: string | URL, { busyTimeoutMs = 5000, driver }: SqliteStoreOptions = {}) {
    const database = new Database(findDriver(driver), databaseFile(file));
    const connection = new Connection(database, { busyTimeoutMs });
    this.#connection = connection;
    this.#threads = new SqliteThreads(connection);
    this.#items = new SqliteItems(connection, this.#threads);
    this.#attachments = new SqliteAttachments(connection);
    this.#runs = new SqliteRuns(connection, this.#threads);
    this.#values = new SqliteValues(connection, this.#threads);
  }

  /**
   * Commits waiting writes, unless another process holds the lock, and closes the file. The store cannot
   * be used afterwards. Calling it again does nothing.
   */
  close(): void {
    this.#connection.close();
  }

  loadThread({ owner }: StoreScope, threadId: string): Awaitable<ThreadMetadata> {
    return this.#threads.load(owner, threadId);
  }

  createThread({ owner }: StoreScope, thread: ThreadMetadata): Awaitable<void> {
    return this.#threads.create(owner, thread);
  }

  patchThread({ owner }: StoreScope, threadId: string, patch: ThreadPatch): Awaitable<ThreadMetadata> {
    return this.#threads.patch(owner, threadId, patch);
  }

  deleteThread({ owner }: StoreScope, threadId: string): Awaitable<void> {
    return this.#threads.delete(owner, threadId);
  }

  listThreads({ owner }: StoreScope, options: ListOptions): Awaitable<Page<ThreadMetadata>> {
    return this.#threads.list(owner, options);
  }

  loadItem({ owner }: StoreScope, threadId: string, itemId: string): Awaitable<StoredItem> {
    return this.#items.load(owner, threadId, itemId);
  }

  saveItem(
    { owner }: StoreScope,
    item: ThreadItem,
    text: string,
    options?: SaveItemOptions,
  ): Awaitable<number> {
    return this.#items.save(owner, item, text, options);
  }

  deleteItem({ owner }: StoreScope, threadId: string, itemId: string): Awaitable<void> {
    return this.#items.delete(owner, threadId, itemId);
  }

  listItems({ owner }: StoreScope, threadId: string, options: ItemListOptions): Awaitable<Page<ThreadItem>> {
    return this.#items.list(owner, threadId, options);
  }

  loadAttachment({ owner }: StoreScope, attachmentId: string): Awaitable<Attachment> {
    return this.#attachments.load(owner, attachmentId);
  }

  saveAttachment({ owner }: StoreScope, attachment: Attachment): Awaitable<void> {
    return this.#attachments.save(owner, attachment);
  }

  patchAttachment(
    { owner }: StoreScope,
    attachmentId: string,
    patch: AttachmentPatch,
  ): Awaitable<Attachment> {
    return this.#attachments.patch(owner, attachmentId, patch);
  }

  deleteAttachment({ owner }: StoreScope, attachmentId: string): Awaitable<void> {
    return this.#attachments.delete(owner, attachmentId);
  }

  openRun({ owner }: StoreScope, run: OpenRun, options?: OpenRunOptions): Awaitable<void> {
    return this.#runs.open(owner, run, options);
  }

  closeRun({ owner }: StoreScope, runId: string): Awaitable<void> {
    return this.#runs.close(owner, runId);
  }

  getValue({ owner }: StoreScope, key: string): Awaitable<StoredValue | undefined> {
    return this.#values.get(owner, key);
  }

  putValue(
    { owner }: StoreScope,
    key: string,
    value: unknown,
    options?: PutOptions,
  ): Awaitable<number | undefined> {
    return this.#values.put(owner, key, value, options);
  }

  deleteValue({ owner }: StoreScope, key: string): Awaitable<void> {
    return this.#values.delete(owner, key);
  }
}
