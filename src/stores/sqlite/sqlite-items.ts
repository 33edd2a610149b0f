import { type Page, type ThreadItem } from '../../protocol';
import { type ItemListOptions, type SaveItemOptions, type StoredItem, type StoreScope } from '../../store';
import { toPage } from '../page';
import { idTaken, notFound, versionDiffers } from '../store-errors';
import { type Connection } from './connection';
import { startOf } from './cursor';
import { DELETE, DROP_GRAVE, FIND, INSERT, LIST, LOAD, PLACE, UPDATE, UPSERT } from './item-sql';
import { type SqliteThreads } from './sqlite-threads';

interface ItemRow {
  id: string;
  version: number;
  text: string;
}

/** The items of a {@link SqliteStore}. The ready text is stored as it is. */
export class SqliteItems {
  readonly #connection: Connection;
  readonly #threads: SqliteThreads;

  constructor(connection: Connection, threads: SqliteThreads) {
    this.#connection = connection;
    this.#threads = threads;
  }

  load(scope: StoreScope, threadId: string, itemId: string): StoredItem {
    const row = this.#connection.sql(LOAD).get(itemId, threadId, scope.owner) as ItemRow | undefined;
    if (row === undefined) {
      this.#threads.mustExist(scope, threadId);
      throw notFound('Item', itemId);
    }
    return { item: parseItem(row), version: row.version };
  }

  save(scope: StoreScope, item: ThreadItem, text: string, { ifVersion }: SaveItemOptions = {}): number {
    return (
      this.#saveAtOnce(scope, item, text, ifVersion) ??
      this.#connection.transaction(() => this.#saveAnew(scope, item, text, ifVersion))
    );
  }

  delete(scope: StoreScope, threadId: string, itemId: string): void {
    const deleted = this.#connection.sql(DELETE).run(itemId, threadId, scope.owner);
    if (deleted === 0) this.#threads.mustExist(scope, threadId);
  }

  list(scope: StoreScope, threadId: string, options: ItemListOptions): Page<ThreadItem> {
    const { limit, order, types } = options;
    const place = [threadId, scope.owner, this.#start(scope, threadId, options)] as const;
    const rows = (
      types === undefined
        ? this.#connection.sql(LIST[order].all).all(...place, limit + 1)
        : this.#connection.sql(LIST[order].typed).all(...place, JSON.stringify(types), limit + 1)
    ) as ItemRow[];
    if (rows.length === 0) this.#threads.mustExist(scope, threadId);
    return toPage(rows, limit, parseItem);
  }

  /** The usual save, one statement. Nothing comes back where the case is not that simple. */
  #saveAtOnce(
    { owner }: StoreScope,
    item: ThreadItem,
    text: string,
    ifVersion: number | undefined,
  ): number | undefined {
    const { id, type, thread_id } = item;
    if (ifVersion === undefined || ifVersion === 0) {
      const row = this.#connection
        .sql(ifVersion === undefined ? UPSERT : INSERT)
        .get(id, type, text, thread_id, owner) as ItemRow | undefined;
      return row?.version;
    }
    const updated = this.#connection.sql(UPDATE).run(type, text, id, ifVersion, thread_id, owner);
    return updated === 0 ? undefined : ifVersion + 1;
  }

  /** Says why a save is refused, or makes a new item of one that was deleted. */
  #saveAnew(scope: StoreScope, item: ThreadItem, text: string, ifVersion: number | undefined): number {
    this.#threads.mustExist(scope, item.thread_id);
    const found = this.#connection.sql(FIND).get(item.thread_id, scope.owner, item.id) as
      { here: number; version: number } | undefined;
    if (found?.here === 0) throw idTaken('Item', item.id);
    const present = found?.version ?? 0;
    if (ifVersion !== undefined && ifVersion !== present) throw versionDiffers(item.id, ifVersion);
    this.#connection.sql(DROP_GRAVE).run(item.id);
    const version = this.#saveAtOnce(scope, item, text, ifVersion);
    if (version === undefined) throw new Error(`Item "${item.id}" could not be saved.`);
    return version;
  }

  #start(scope: StoreScope, threadId: string, { order, after }: ItemListOptions): number {
    if (after === undefined) return startOf(order);
    const row = this.#connection.sql(PLACE).get(after, threadId, scope.owner) as { seq: number } | undefined;
    if (row === undefined) {
      this.#threads.mustExist(scope, threadId);
      throw notFound('Item', after);
    }
    return row.seq;
  }
}

function parseItem({ text }: { text: string }): ThreadItem {
  return JSON.parse(text) as ThreadItem;
}
