import { type Page, type ThreadItem } from '../../protocol';
import { type Awaitable, type ItemListOptions, type SaveItemOptions, type StoredItem } from '../../store';
import { notFound, versionDiffers } from '../store-errors';
import { type Connection } from './connection';
import { DELETE, DROP_GRAVE, FIND, INSERT, LIST, LIST_TYPED, LOAD, PLACE, UPDATE, UPSERT } from './item-sql';
import { readPage, startOf } from './list-sql';
import { type SqliteThreads } from './sqlite-threads';

interface ItemRow {
  id: string;
  version: number;
  text: string;
}

/** A copy of the arguments of a save, which may have to wait. */
interface SavedItem {
  id: string;
  type: string;
  threadId: string;
  text: string;
  ifVersion: number | undefined;
}

/** The items of a {@link SqliteStore}. The given text is stored unchanged. */
export class SqliteItems {
  readonly #connection: Connection;
  readonly #threads: SqliteThreads;

  constructor(connection: Connection, threads: SqliteThreads) {
    this.#connection = connection;
    this.#threads = threads;
  }

  load(owner: string, threadId: string, itemId: string): Awaitable<StoredItem> {
    return this.#connection.read(() => {
      const row = this.#connection.select(LOAD).get(itemId, threadId, owner) as ItemRow | undefined;
      if (row === undefined) {
        this.#threads.mustExist(owner, threadId);
        throw notFound('Item', itemId);
      }
      return { item: parseItem(row), version: row.version };
    });
  }

  save(
    owner: string,
    item: ThreadItem,
    text: string,
    { ifVersion }: SaveItemOptions = {},
  ): Awaitable<number> {
    const { id, type, thread_id: threadId } = item;
    const saved: SavedItem = { id, type, threadId, text, ifVersion };
    return this.#connection.write(() => this.#saveAtOnce(owner, saved) ?? this.#saveAnew(owner, saved));
  }

  delete(owner: string, threadId: string, itemId: string): Awaitable<void> {
    return this.#connection.write(() => {
      const deleted = this.#connection.change(DELETE).run(itemId, threadId, owner);
      if (deleted === 0) this.#threads.mustExist(owner, threadId);
    });
  }

  list(
    owner: string,
    threadId: string,
    { limit, maxBytes, order, after, types }: ItemListOptions,
  ): Awaitable<Page<ThreadItem>> {
    const wanted = types && JSON.stringify(types);
    return this.#connection.read(() => {
      const start = after === undefined ? startOf(order) : this.#place(owner, threadId, after);
      const values = wanted === undefined ? [threadId, owner, start] : [threadId, owner, wanted, start];
      const sql = (wanted === undefined ? LIST : LIST_TYPED)[order];
      const page = readPage(this.#connection, sql, values, { limit, maxBytes }, parseItem);
      if (page.data.length === 0) this.#threads.mustExist(owner, threadId);
      return page;
    });
  }

  /** The usual save, with one statement. `undefined` if the case is not that simple. */
  #saveAtOnce(owner: string, saved: SavedItem): number | undefined {
    const { id, type, threadId, text, ifVersion } = saved;
    if (ifVersion === undefined || ifVersion === 0) {
      const [row] = this.#connection
        .change(ifVersion === undefined ? UPSERT : INSERT)
        .all(id, type, text, threadId, owner) as ItemRow[];
      return row?.version;
    }
    const updated = this.#connection.change(UPDATE).run(type, text, id, ifVersion, threadId, owner);
    return updated === 0 ? undefined : ifVersion + 1;
  }

  /** Throws the reason why a save is refused, or adds a deleted item again. */
  #saveAnew(owner: string, saved: SavedItem): number {
    const { id, threadId, ifVersion } = saved;
    this.#threads.mustExist(owner, threadId);
    const place = [id, threadId, owner] as const;
    const found = this.#connection.select(FIND).get(...place) as { version: number } | undefined;
    const present = found?.version ?? 0;
    if (ifVersion !== undefined && ifVersion !== present) throw versionDiffers(id, ifVersion);
    this.#connection.change(DROP_GRAVE).run(...place);
    const version = this.#saveAtOnce(owner, saved);
    if (version === undefined) throw new Error(`Item "${id}" could not be saved.`);
    return version;
  }

  #place(owner: string, threadId: string, itemId: string): number {
    const row = this.#connection.select(PLACE).get(itemId, threadId, owner) as { seq: number } | undefined;
    if (row === undefined) {
      this.#threads.mustExist(owner, threadId);
      throw notFound('Item', itemId);
    }
    return row.seq;
  }
}

function parseItem({ text }: { text: string }): ThreadItem {
  return JSON.parse(text) as ThreadItem;
}
