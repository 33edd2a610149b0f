import { type Attachment, type Page, type ThreadItem, type ThreadMetadata } from '../../src/protocol';
import { ConflictError, DeveloperError, NotFoundError } from '../../src/errors';
import {
  PAGE_BYTES,
  type AttachmentPatch,
  type BatchOptions,
  type ItemListOptions,
  type KeyedValue,
  type ListOptions,
  type OpenRun,
  type PutOptions,
  type SaveItemOptions,
  type Store,
  type StoredItem,
  type StoredValue,
  type StoreScope,
  type ThreadPatch,
} from '../../src/store';

interface Row<T> {
  owner: string;
  id: string;
  content: T;
  deleted: boolean;
}

interface ItemRow extends Row<ThreadItem> {
  threadId: string;
  version: number;
}

/** The contract in the plainest way: arrays of rows, searched from end to end. Only to compare with. */
export class NaiveStore implements Store {
  threads: Row<ThreadMetadata>[] = [];
  items: ItemRow[] = [];
  attachments: (Row<Attachment> & { createdAt: number; seq: number })[] = [];
  runs: (Row<OpenRun> & { seq: number })[] = [];
  private seq = 0;
  values: (Row<unknown> & { version: number; expiresAt: number; threadId: string | undefined })[] = [];

  readonly admin = {
    migrate: () => undefined,
    listOpenRuns: (options: BatchOptions) => batch(this.runs, options),
    cleanUpValues: (now: number) => {
      const before = this.values.length;
      this.values = this.values.filter(({ expiresAt }) => expiresAt > now);
      return before - this.values.length;
    },
    listThreads: (options: ListOptions) => {
      const found = page(this.threads, options);
      const ownerOf = (thread: string): string => this.threads.find(({ id }) => id === thread)?.owner ?? '';
      return { ...found, data: found.data.map((thread) => ({ ...thread, owner: ownerOf(thread.id) })) };
    },
    listUnsentAttachments: (before: number, options: BatchOptions) =>
      batch(
        this.attachments.filter(
          ({ createdAt, content }) => createdAt < before && content.thread_id === undefined,
        ),
        options,
      ),
    listAttachments: (owner: string, options: BatchOptions) => {
      const found = batch(
        this.attachments.filter((row) => row.owner === owner),
        options,
      );
      return { ...found, data: found.data.map(({ id }) => this.loadAttachment({ owner } as StoreScope, id)) };
    },
    listValues: (owner: string, { limit, after }: BatchOptions) => {
      const found = this.values
        .filter(
          (row) =>
            row.owner === owner && row.expiresAt > Date.now() && (after === undefined || row.id > after),
        )
        .sort((a, b) => (a.id < b.id ? -1 : 1));
      const data = found
        .slice(0, limit)
        .map(({ id, content }) => ({ key: id, value: structuredClone(content) }));
      const hasMore = found.length > limit;
      return { data, has_more: hasMore, ...(hasMore ? { after: data.at(-1)?.key } : {}) } as Page<KeyedValue>;
    },
    forgetOwner: (owner: string) => {
      for (const row of this.threads) if (row.owner === owner && row.deleted) row.owner = '';
      this.attachments = this.attachments.filter((row) => row.owner !== owner);
      this.values = this.values.filter((row) => row.owner !== owner);
    },
    close: () => undefined,
  };

  loadThread(scope: StoreScope, threadId: string): ThreadMetadata {
    return structuredClone(this.#thread(scope, threadId).content);
  }

  createThread({ owner }: StoreScope, thread: ThreadMetadata): void {
    if (this.threads.some(({ id }) => id === thread.id)) throw new DeveloperError('id_taken', '', '');
    this.threads.push({ owner, id: thread.id, content: structuredClone(thread), deleted: false });
  }

  patchThread(scope: StoreScope, threadId: string, patch: ThreadPatch): ThreadMetadata {
    const row = this.#thread(scope, threadId);
    const { id, created_at } = row.content;
    const metadata = { ...row.content.metadata, ...patch.metadata };
    const patched = { ...row.content, ...patch, id, created_at, metadata };
    row.content = JSON.parse(JSON.stringify(patched)) as ThreadMetadata;
    return this.loadThread(scope, threadId);
  }

  deleteThread(scope: StoreScope, threadId: string): void {
    this.#thread(scope, threadId).deleted = true;
    this.items = this.items.filter((row) => row.threadId !== threadId);
    this.runs = this.runs.filter((row) => row.content.thread_id !== threadId);
    this.values = this.values.filter((row) => row.threadId !== threadId);
  }

  listThreads({ owner }: StoreScope, options: ListOptions): Page<ThreadMetadata> {
    return page(
      this.threads.filter((row) => row.owner === owner),
      options,
    );
  }

  loadItem(scope: StoreScope, threadId: string, itemId: string): StoredItem {
    this.#thread(scope, threadId);
    const row = this.items.find((each) => each.id === itemId && each.threadId === threadId);
    if (row === undefined || row.deleted) throw new NotFoundError('');
    return { item: structuredClone(row.content), version: row.version };
  }

  saveItem(scope: StoreScope, item: ThreadItem, text: string, options: SaveItemOptions = {}): number {
    this.#thread(scope, item.thread_id);
    const row = this.items.find(({ id, threadId }) => id === item.id && threadId === item.thread_id);
    const present = row === undefined || row.deleted ? 0 : row.version;
    if (options.ifVersion !== undefined && options.ifVersion !== present) throw new ConflictError('');
    const content = JSON.parse(text) as ThreadItem;
    const version = present + 1;
    if (row !== undefined && !row.deleted) {
      Object.assign(row, { content, version });
    } else {
      this.items = this.items.filter((other) => other !== row);
      const { id, thread_id: threadId } = item;
      this.items.push({ owner: scope.owner, id, threadId, content, version, deleted: false });
    }
    return version;
  }

  deleteItem(scope: StoreScope, threadId: string, itemId: string): void {
    this.#thread(scope, threadId);
    for (const row of this.items) if (row.id === itemId && row.threadId === threadId) row.deleted = true;
  }

  listItems(scope: StoreScope, threadId: string, options: ItemListOptions): Page<ThreadItem> {
    this.#thread(scope, threadId);
    const rows = this.items.filter((row) => row.threadId === threadId);
    return page(rows, options, ({ type }) => options.types?.includes(type) ?? true);
  }

  loadAttachment(scope: StoreScope, attachmentId: string): Attachment {
    return structuredClone(this.#attachment(scope, attachmentId).content);
  }

  saveAttachment(scope: StoreScope, attachment: Attachment): void {
    const known = this.attachments.find(({ id }) => id === attachment.id);
    if (known !== undefined && known.owner !== scope.owner) throw new DeveloperError('id_taken', '', '');
    const row = known ?? {
      owner: scope.owner,
      id: attachment.id,
      content: attachment,
      deleted: false,
      createdAt: Date.now(),
      seq: (this.seq += 1),
    };
    row.content = structuredClone(attachment);
    if (known === undefined) this.attachments.push(row);
  }

  patchAttachment(scope: StoreScope, attachmentId: string, patch: AttachmentPatch): Attachment {
    const row = this.#attachment(scope, attachmentId);
    const { content } = row;
    const { id, type, name, mime_type } = content;
    const metadata =
      (content.metadata ?? patch.metadata) ? { ...content.metadata, ...patch.metadata } : undefined;
    const patched = { ...content, ...patch, id, type, name, mime_type, metadata };
    row.content = JSON.parse(JSON.stringify(patched)) as Attachment;
    return this.loadAttachment(scope, attachmentId);
  }

  deleteAttachment(scope: StoreScope, attachmentId: string): void {
    const doomed = this.#attachment(scope, attachmentId);
    this.attachments = this.attachments.filter((row) => row !== doomed);
  }

  openRun(scope: StoreScope, run: OpenRun): void {
    this.#thread(scope, run.thread_id);
    if (this.runs.some(({ id }) => id === run.id)) throw new DeveloperError('id_taken', '', '');
    this.runs.push({
      seq: (this.seq += 1),
      owner: scope.owner,
      id: run.id,
      content: { ...run },
      deleted: false,
    });
  }

  closeRun({ owner }: StoreScope, runId: string): void {
    this.runs = this.runs.filter((row) => row.id !== runId || row.owner !== owner);
  }

  getValue({ owner }: StoreScope, key: string): StoredValue | undefined {
    const row = this.#value(owner, key);
    return row && { value: structuredClone(row.content), version: row.version };
  }

  putValue(scope: StoreScope, key: string, value: unknown, options: PutOptions = {}): number | undefined {
    const { owner } = scope;
    const { expiresAt = Infinity, threadId } = options;
    if (value === undefined) throw new TypeError();
    if (threadId !== undefined) this.#thread(scope, threadId);
    const present = this.#value(owner, key)?.version ?? 0;
    if (options.ifVersion !== undefined && options.ifVersion !== present) return undefined;
    this.deleteValue({ owner }, key);
    const content: unknown = structuredClone(value);
    this.values.push({ owner, id: key, content, version: present + 1, expiresAt, threadId, deleted: false });
    return present + 1;
  }

  deleteValue({ owner }: Pick<StoreScope, 'owner'>, key: string): void {
    this.values = this.values.filter((row) => row.id !== key || row.owner !== owner);
  }

  #thread({ owner }: StoreScope, threadId: string): Row<ThreadMetadata> {
    const row = this.threads.find((thread) => thread.id === threadId && !thread.deleted);
    if (row?.owner !== owner) throw new NotFoundError('');
    return row;
  }

  #attachment({ owner }: StoreScope, attachmentId: string): Row<Attachment> {
    const row = this.attachments.find(({ id }) => id === attachmentId);
    if (row?.owner !== owner) throw new NotFoundError('');
    return row;
  }

  #value(owner: string, key: string) {
    return this.values.find((row) => row.id === key && row.owner === owner && row.expiresAt > Date.now());
  }
}

function page<T>(
  rows: Row<T>[],
  { limit, maxBytes = PAGE_BYTES, order, after }: ListOptions,
  accept: (content: T) => boolean = () => true,
): Page<T> {
  const ordered = order === 'asc' ? rows : rows.toReversed();
  const start = after === undefined ? 0 : ordered.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && start === 0) throw new NotFoundError('');
  const found = ordered.slice(start).filter(({ deleted, content }) => !deleted && accept(content));
  const size = (count: number): number =>
    found.slice(0, count).reduce((sum, { content }) => sum + Buffer.byteLength(JSON.stringify(content)), 0);
  const shown = found.slice(0, limit).filter((_, index) => index === 0 || size(index + 1) <= maxBytes);
  const data = shown.map(({ content }) => structuredClone(content));
  const last = shown.at(-1);
  return found.length > shown.length && last !== undefined
    ? { data, has_more: true, after: last.id }
    : { data, has_more: false };
}

function batch<T>(
  rows: (Row<T> & { seq: number })[],
  { limit, after }: BatchOptions,
): Page<T & { owner: string }> {
  const found = rows.filter(({ seq }) => seq > Number(after ?? 0));
  const shown = found.slice(0, limit);
  const data = shown.map(({ owner, content }) => ({ ...structuredClone(content), owner }));
  const last = shown.at(-1);
  return found.length > limit && last !== undefined
    ? { data, has_more: true, after: String(last.seq) }
    : { data, has_more: false };
}
