import { type Attachment, type Page, type ThreadItem, type ThreadMetadata } from '../../protocol';
import {
  type AttachmentPatch,
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
import { Deletions } from './deletions';
import { PostgresAttachments } from './postgres-attachments';
import { PostgresItems } from './postgres-items';
import { PostgresOwners } from './postgres-owners';
import { PostgresRuns } from './postgres-runs';
import { PostgresThreadLock } from './postgres-thread-lock';
import { PostgresThreads } from './postgres-threads';
import { PostgresValues } from './postgres-values';

/** Options of {@link PostgresStore}. */
export interface PostgresStoreOptions {
  /** Maximum number of connections; 10 by default. One of them writes, the others read. */
  maxConnections?: number | undefined;
  /** How long opening a connection, or waiting for a free one, may take, in milliseconds; 5000 by default. */
  connectTimeoutMs?: number | undefined;
  /** How long a statement may take, in milliseconds; 10000 by default. */
  statementTimeoutMs?: number | undefined;
  /**
   * The URL for the connections that listen and that lock threads. Set it if `url` leads to a pooler in
   * transaction mode: these connections need a session of their own.
   */
  directUrl?: string | undefined;
  /** More settings for the pool of the package `pg`, such as `ssl`. */
  pg?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * A store in a PostgreSQL database (13 or later), for any number of processes; the driver is the
 * optional package `pg`. The schema is created or updated before the first call; if several processes
 * start together, one of them does it.
 *
 * Writes of one turn of the event loop are sent in one round trip, committed together, and answered after
 * that; small reads of one turn share a round trip as well.
 *
 * @example
 * import { PostgresStore } from 'chatkit-controllers/postgres';
 *
 * const store = new PostgresStore('postgres://chat:secret@db.internal/chat');
 * chatkit({ store, … });
 *
 * @throws PostgresSetupError when `pg` is not installed
 */
export class PostgresStore implements Store {
  readonly writesInOrder = true;
  readonly system = 'postgresql';
  /** The thread lock of apps that use this store. It opens one more connection on first use. */
  readonly threadLock: PostgresThreadLock;
  readonly #connection: Connection;
  readonly #threads: PostgresThreads;
  readonly #items: PostgresItems;
  readonly #attachments: PostgresAttachments;
  readonly #runs: PostgresRuns;
  readonly #values: PostgresValues;
  readonly #owners: PostgresOwners;
  readonly #deletions: Deletions;

  readonly admin = {
    migrate: () => this.#connection.migrate(),
    listOpenRuns: (options) => this.#runs.list(options),
    cleanUpValues: (now) => this.#values.cleanUp(now),
    listThreads: (options) => this.#threads.listAll(options),
    listUnsentAttachments: (before, options) => this.#attachments.listUnsent(before, options),
    listAttachments: (owner, options) => this.#owners.listAttachments(owner, options),
    listValues: (owner, options) => this.#owners.listValues(owner, options),
    forgetOwner: (owner) => this.#owners.forget(owner),
    close: () => this.close(),
  } satisfies StoreAdmin;

  constructor(
    url: string,
    {
      maxConnections = 10,
      connectTimeoutMs = 5000,
      statementTimeoutMs = 10_000,
      directUrl = url,
      pg = {},
    }: PostgresStoreOptions = {},
  ) {
    const database = new Database({ url, maxConnections, connectTimeoutMs, statementTimeoutMs, pg });
    this.threadLock = new PostgresThreadLock(directUrl, { connectTimeoutMs, pg });
    this.#deletions = new Deletions({ url: directUrl, connectTimeoutMs, statementTimeoutMs, pg });
    this.#connection = new Connection(database, this.threadLock);
    this.#threads = new PostgresThreads(this.#connection);
    this.#items = new PostgresItems(this.#connection, this.threadLock);
    this.#attachments = new PostgresAttachments(this.#connection);
    this.#runs = new PostgresRuns(this.#connection);
    this.#values = new PostgresValues(this.#connection);
    this.#owners = new PostgresOwners(this.#connection);
  }

  /** Commits waiting writes and closes all connections. The store cannot be used afterwards. */
  async close(): Promise<void> {
    await Promise.all([this.#connection.close(), this.#deletions.close(), this.threadLock.close()]);
  }

  /** Opens one more connection on the first call. */
  onThreadDeleted(listener: (owner: string, threadId: string) => void): () => void {
    return this.#deletions.subscribe(listener);
  }

  loadThread({ owner }: StoreScope, threadId: string): Promise<ThreadMetadata> {
    return this.#threads.load(owner, threadId);
  }

  createThread({ owner }: StoreScope, thread: ThreadMetadata): Promise<void> {
    return this.#threads.create(owner, thread);
  }

  patchThread({ owner }: StoreScope, threadId: string, patch: ThreadPatch): Promise<ThreadMetadata> {
    return this.#threads.patch(owner, threadId, patch);
  }

  deleteThread({ owner }: StoreScope, threadId: string): Promise<void> {
    return this.#threads.delete(owner, threadId);
  }

  listThreads({ owner }: StoreScope, options: ListOptions): Promise<Page<ThreadMetadata>> {
    return this.#threads.list(owner, options);
  }

  loadItem({ owner }: StoreScope, threadId: string, itemId: string): Promise<StoredItem> {
    return this.#items.load(owner, threadId, itemId);
  }

  saveItem(
    { owner }: StoreScope,
    item: ThreadItem,
    text: string,
    options?: SaveItemOptions,
  ): Promise<number> {
    return this.#items.save(owner, item, text, options);
  }

  deleteItem({ owner }: StoreScope, threadId: string, itemId: string): Promise<void> {
    return this.#items.delete(owner, threadId, itemId);
  }

  listItems({ owner }: StoreScope, threadId: string, options: ItemListOptions): Promise<Page<ThreadItem>> {
    return this.#items.list(owner, threadId, options);
  }

  loadAttachment({ owner }: StoreScope, attachmentId: string): Promise<Attachment> {
    return this.#attachments.load(owner, attachmentId);
  }

  saveAttachment({ owner }: StoreScope, attachment: Attachment): Promise<void> {
    return this.#attachments.save(owner, attachment);
  }

  patchAttachment({ owner }: StoreScope, attachmentId: string, patch: AttachmentPatch): Promise<Attachment> {
    return this.#attachments.patch(owner, attachmentId, patch);
  }

  deleteAttachment({ owner }: StoreScope, attachmentId: string): Promise<void> {
    return this.#attachments.delete(owner, attachmentId);
  }

  openRun({ owner }: StoreScope, run: OpenRun, options?: OpenRunOptions): Promise<void> {
    return this.#runs.open(owner, run, options);
  }

  closeRun({ owner }: StoreScope, runId: string): Promise<void> {
    return this.#runs.close(owner, runId);
  }

  getValue({ owner }: StoreScope, key: string): Promise<StoredValue | undefined> {
    return this.#values.get(owner, key);
  }

  putValue(
    { owner }: StoreScope,
    key: string,
    value: unknown,
    options?: PutOptions,
  ): Promise<number | undefined> {
    return this.#values.put(owner, key, value, options);
  }

  deleteValue({ owner }: StoreScope, key: string): Promise<void> {
    return this.#values.delete(owner, key);
  }
}
