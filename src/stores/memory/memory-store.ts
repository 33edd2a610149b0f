import { type Attachment, type Page, type ThreadItem, type ThreadMetadata } from '../../protocol';
import {
  type AttachmentPatch,
  type ItemListOptions,
  type ListOptions,
  type OpenRun,
  type PutOptions,
  type SaveItemOptions,
  type Store,
  type StoreAdmin,
  type StoredItem,
  type StoredValue,
  type StoreScope,
  type ThreadPatch,
} from '../../store';
import { MemoryAttachments } from './memory-attachments';
import { MemoryRuns } from './memory-runs';
import { MemoryThreads, parseThread } from './memory-threads';
import { MemoryValues } from './memory-values';

/**
 * A store in the memory of the process, for tests and experiments: the data is lost when the process ends. It
 * keeps text and parses on read, so that callers share no objects, and it answers without promises.
 *
 * @example
 * chatkit({ store: new MemoryStore(), … });
 */
export class MemoryStore implements Store {
  readonly #threads = new MemoryThreads();
  readonly #attachments = new MemoryAttachments();
  readonly #runs = new MemoryRuns();
  readonly #values = new MemoryValues();

  readonly isVolatile: boolean = true;

  readonly admin = {
    migrate: () => undefined,
    listOpenRuns: (options) => this.#runs.list(options),
    cleanUpValues: (now) => this.#values.cleanUp(now),
    listThreads: (options) => this.#threads.listAll(options),
    listUnsentAttachments: (before, options) => this.#attachments.listUnsent(before, options),
    listAttachments: (owner, options) => this.#attachments.listOf(owner, options),
    listValues: (owner, options) => this.#values.list(owner, options),
    forgetOwner: (owner) => {
      this.#threads.forgetGravesOf(owner);
      this.#attachments.deleteAllOf(owner);
      this.#values.deleteAllOf(owner);
    },
    close: () => {
      for (const part of [this.#threads, this.#attachments, this.#runs, this.#values]) {
        part.clear();
      }
    },
  } satisfies StoreAdmin;

  loadThread(scope: StoreScope, threadId: string): ThreadMetadata {
    return parseThread(this.#threads.find(scope, threadId));
  }

  createThread(scope: StoreScope, thread: ThreadMetadata): void {
    this.#threads.create(scope, thread);
  }

  patchThread(scope: StoreScope, threadId: string, patch: ThreadPatch): ThreadMetadata {
    return this.#threads.patch(scope, threadId, patch);
  }

  deleteThread(scope: StoreScope, threadId: string): void {
    const thread = this.#threads.find(scope, threadId);
    this.#runs.deleteAll(threadId);
    this.#values.deleteAllOfThread(scope.owner, threadId);
    this.#threads.delete(thread);
  }

  listThreads(scope: StoreScope, options: ListOptions): Page<ThreadMetadata> {
    return this.#threads.list(scope, options);
  }

  loadItem(scope: StoreScope, threadId: string, itemId: string): StoredItem {
    return this.#threads.find(scope, threadId).items.load(itemId);
  }

  saveItem(scope: StoreScope, item: ThreadItem, text: string, options?: SaveItemOptions): number {
    return this.#threads.find(scope, item.thread_id).items.save(item, text, options);
  }

  deleteItem(scope: StoreScope, threadId: string, itemId: string): void {
    this.#threads.find(scope, threadId).items.delete(itemId);
  }

  listItems(scope: StoreScope, threadId: string, options: ItemListOptions): Page<ThreadItem> {
    return this.#threads.find(scope, threadId).items.list(options);
  }

  loadAttachment({ owner }: StoreScope, attachmentId: string): Attachment {
    return this.#attachments.load(owner, attachmentId);
  }

  saveAttachment({ owner }: StoreScope, attachment: Attachment): void {
    this.#attachments.save(owner, attachment);
  }

  patchAttachment({ owner }: StoreScope, attachmentId: string, patch: AttachmentPatch): Attachment {
    return this.#attachments.patch(owner, attachmentId, patch);
  }

  deleteAttachment({ owner }: StoreScope, attachmentId: string): void {
    this.#attachments.delete(owner, attachmentId);
  }

  openRun(scope: StoreScope, run: OpenRun): void {
    this.#threads.find(scope, run.thread_id);
    this.#runs.open(scope.owner, run);
  }

  closeRun({ owner }: StoreScope, runId: string): void {
    this.#runs.close(owner, runId);
  }

  getValue({ owner }: StoreScope, key: string): StoredValue | undefined {
    return this.#values.get(owner, key);
  }

  putValue(scope: StoreScope, key: string, value: unknown, options?: PutOptions): number | undefined {
    if (options?.threadId !== undefined) this.#threads.find(scope, options.threadId);
    return this.#values.put(scope.owner, key, value, options);
  }

  deleteValue({ owner }: StoreScope, key: string): void {
    this.#values.delete(owner, key);
  }
}
