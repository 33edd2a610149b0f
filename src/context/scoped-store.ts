import { ownLookup } from '../errors';
import {
  assertEvent,
  conformAttachment,
  conformAttachmentPatch,
  conformItem,
  conformPatch,
  refusePromises,
  writeItem,
  type Attachment,
  type Page,
  type ThreadItem,
  type ThreadMetadata,
} from '../protocol';
import {
  saveWithAttachments,
  type AttachmentPatch,
  type Awaitable,
  type GenerateId,
  type IdKind,
  type ItemListOptions,
  type ListOptions,
  type PutOptions,
  type SaveItemOptions,
  type Store,
  type StoredItem,
  type StoredValue,
  type StoreScope,
  type ThreadPatch,
  timeText,
  type Clock,
} from '../store';
import { signItem, type WidgetSigner } from './widget-signer';

/** A scope whose writes may not be committed yet. */
export interface ReadingScope extends StoreScope {
  /** Runs a read that must include all earlier writes. */
  afterWrites<T>(read: () => Awaitable<T>): Awaitable<T>;
}

/** Services of a {@link ScopedStore}. */
interface ScopedStoreServices {
  readonly store: Store;
  readonly generateId: GenerateId;
  readonly now?: Clock | undefined;
  readonly check?: boolean | undefined;
  readonly signer?: WidgetSigner | undefined;
}

/**
 * A {@link Store} bound to one owner. Writes through it are not sent to the client: yield events for that.
 *
 * @example
 * const { data } = await ctx.store.listItems(ctx.thread.id, { limit: 50, order: 'desc' });
 */
export class ScopedStore {
  private readonly store: Store;

  constructor(
    private readonly services: ScopedStoreServices,
    private readonly scope: ReadingScope,
  ) {
    this.store = services.store;
  }

  private read<T>(ask: () => Awaitable<T>): Promise<T> {
    return ownLookup(() => this.scope.afterWrites(ask));
  }

  /** Creates an id, like those of the pipeline. */
  generateId(kind: IdKind): string {
    return this.services.generateId(kind);
  }

  /** The current time, as the pipeline writes it into new items: ISO 8601 in UTC. */
  now(): string {
    return timeText(this.services.now);
  }

  loadThread(threadId: string): Promise<ThreadMetadata> {
    return this.read(() => this.store.loadThread(this.scope, threadId));
  }

  /** Changes a thread. In `metadata`, the given keys are set, or removed if `undefined`; other keys stay. */
  patchThread(threadId: string, patch: ThreadPatch): Promise<ThreadMetadata> {
    return ownLookup(() => {
      refusePromises(patch, 'A change of a thread');
      return this.store.patchThread(this.scope, threadId, conformPatch(patch));
    });
  }

  listThreads(options: ListOptions): Promise<Page<ThreadMetadata>> {
    return this.read(() => this.store.listThreads(this.scope, options));
  }

  loadItem(threadId: string, itemId: string): Promise<StoredItem> {
    return this.read(() => this.store.loadItem(this.scope, threadId, itemId));
  }

  /**
   * Adds an item, or replaces the item with the same id and keeps its position. Signs the widget actions that
   * must be signed. Returns the item's new version.
   */
  saveItem(item: ThreadItem, options?: SaveItemOptions): Promise<number> {
    return ownLookup(() => {
      if (this.services.check === true) assertEvent({ type: 'thread.item.done', item });
      const signed = signItem(conformItem(item), this.services.signer, this.scope.owner);
      return saveWithAttachments(this.store, this.scope, signed, writeItem(signed), options);
    });
  }

  deleteItem(threadId: string, itemId: string): Promise<void> {
    return ownLookup(() => this.store.deleteItem(this.scope, threadId, itemId));
  }

  /** The items include hidden ones, which are context for the model. */
  listItems(threadId: string, options: ItemListOptions): Promise<Page<ThreadItem>> {
    return this.read(() => this.store.listItems(this.scope, threadId, options));
  }

  loadAttachment(attachmentId: string): Promise<Attachment> {
    return this.read(() => this.store.loadAttachment(this.scope, attachmentId));
  }

  saveAttachment(attachment: Attachment): Promise<void> {
    return ownLookup(() => {
      refusePromises(attachment, 'An attachment');
      return this.store.saveAttachment(this.scope, conformAttachment(attachment));
    });
  }

  /**
   * Changes an attachment's record. Changes by other requests are kept; `metadata` as in {@link patchThread}.
   */
  patchAttachment(attachmentId: string, patch: AttachmentPatch): Promise<Attachment> {
    return ownLookup(() => {
      refusePromises(patch, 'A change of an attachment');
      return this.store.patchAttachment(this.scope, attachmentId, conformAttachmentPatch(patch));
    });
  }

  getValue(key: string): Promise<StoredValue | undefined> {
    return this.read(() => this.store.getValue(this.scope, key));
  }

  /** Returns the new version, or `undefined` when `ifVersion` did not match. */
  putValue(key: string, value: unknown, options?: PutOptions): Promise<number | undefined> {
    return ownLookup(() => {
      refusePromises(value, `The value of the key ${JSON.stringify(key)}`);
      return this.store.putValue(this.scope, key, value, options);
    });
  }

  deleteValue(key: string): Promise<void> {
    return ownLookup(() => this.store.deleteValue(this.scope, key));
  }
}
