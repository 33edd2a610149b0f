import { type Page, type ThreadItem } from '../../protocol';
import { threadKey, type ItemListOptions, type SaveItemOptions, type StoredItem } from '../../store';
import { notFound, versionDiffers } from '../store-errors';
import type { Connection } from './connection';
import { DELETE, LIST, LOAD, SAVE, SAVE_NEW, SAVE_NEXT } from './item-sql';
import { limitsOf, readPage } from './list-sql';
import type { PostgresThreadLock } from './postgres-thread-lock';
import { lockOfThread } from './postgres-threads';
import { call, type Call, type Row } from './statement';

/** The items of a {@link PostgresStore}. */
export class PostgresItems {
  readonly #connection: Connection;
  readonly #locks: Pick<PostgresThreadLock, 'holderOf'>;

  constructor(connection: Connection, locks: Pick<PostgresThreadLock, 'holderOf'>) {
    this.#connection = connection;
    this.#locks = locks;
  }

  async load(owner: string, threadId: string, itemId: string): Promise<StoredItem> {
    const [row] = await this.#connection.read(call(LOAD, threadId, owner, itemId));
    if (row === undefined) throw notFound('Thread', threadId);
    const [version, text] = row;
    if (typeof text !== 'string') throw notFound('Item', itemId);
    return { item: parseItem(text), version: Number(version) };
  }

  async save(
    owner: string,
    { id, type, thread_id: threadId }: ThreadItem,
    text: string,
    { ifVersion }: SaveItemOptions = {},
  ): Promise<number> {
    const calls = [saveCall([threadId, owner, id, type, text], ifVersion)];
    const write = {
      lock: lockOfThread(threadId),
      size: text.length,
      calls: () => calls,
      read([rows]: readonly Row[][]) {
        const version = writtenIn(rows, threadId);
        if (version === undefined) throw versionDiffers(id, ifVersion ?? 0);
        return version;
      },
    };
    return this.#connection.write(write, this.#locks.holderOf(threadKey(owner, threadId)));
  }

  async delete(owner: string, threadId: string, itemId: string): Promise<void> {
    const calls = [call(DELETE, threadId, owner, itemId)];
    const write = {
      lock: lockOfThread(threadId),
      calls: () => calls,
      read: ([rows]: readonly Row[][]) => void writtenIn(rows, threadId),
    };
    return this.#connection.write(write, this.#locks.holderOf(threadKey(owner, threadId)));
  }

  async list(owner: string, threadId: string, options: ItemListOptions): Promise<Page<ThreadItem>> {
    const { order, after = null, types } = options;
    const wanted = types === undefined ? null : `{${types.map((type) => JSON.stringify(type)).join(',')}}`;
    const rows = await this.#connection.readLarge(
      call(LIST[order], threadId, owner, after, wanted, ...limitsOf(options)),
    );
    const [first] = rows;
    if (first === undefined) throw notFound('Thread', threadId);
    if (first[0] == null) throw notFound('Item', after ?? '');
    return readPage(rows, parseItem);
  }
}

function saveCall(item: readonly [string, string, string, string, string], ifVersion?: number): Call {
  if (ifVersion === undefined) return call(SAVE, ...item);
  return ifVersion === 0 ? call(SAVE_NEW, ...item) : call(SAVE_NEXT, ...item, ifVersion);
}

/** The written version, if any. */
function writtenIn(rows: readonly Row[] | undefined, threadId: string): number | undefined {
  const [version, isThere] = rows?.[0] ?? [];
  if (isThere !== 't') throw notFound('Thread', threadId);
  return typeof version === 'string' ? Number(version) : undefined;
}

function parseItem(text: string): ThreadItem {
  return JSON.parse(text) as ThreadItem;
}
