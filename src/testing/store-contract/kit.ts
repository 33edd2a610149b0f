import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

import { ConflictError, DeveloperError, NotFoundError } from '../../errors';
import { type Page, type ThreadItem, type ThreadMetadata, type WidgetItem } from '../../protocol';
import { type Store, type StoreScope } from '../../store';

/** What each rule of the contract is tested with. Owners and ids are its own, so stores may be shared. */
export interface Kit {
  store: Store;
  scope: StoreScope;
  /** Another owner. */
  stranger: StoreScope;
  /** A new thread of `scope`, stored. */
  thread: (fields?: Partial<ThreadMetadata>) => Promise<ThreadMetadata>;
  /** A new widget item at the end of a thread of `scope`, stored. */
  item: (threadId: string, fields?: Partial<WidgetItem>) => Promise<WidgetItem>;
  save: (item: ThreadItem, ifVersion?: number) => Promise<number>;
}

export const CREATED_AT = '2025-01-02T03:04:05.678Z';

export function newId(): string {
  return randomUUID();
}

export function newScope(): StoreScope {
  return { owner: newId(), requestContext: undefined, signal: new AbortController().signal };
}

export function newThread(fields: Partial<ThreadMetadata> = {}): ThreadMetadata {
  return { id: newId(), created_at: CREATED_AT, status: { type: 'active' }, metadata: {}, ...fields };
}

export function newItem(threadId: string, fields: Partial<WidgetItem> = {}): WidgetItem {
  const widget = { type: 'Card', children: [] } as WidgetItem['widget'];
  return { type: 'widget', id: newId(), thread_id: threadId, created_at: CREATED_AT, widget, ...fields };
}

export function makeKit(store: Store): Kit {
  const scope = newScope();
  const save = async (item: ThreadItem, ifVersion?: number): Promise<number> =>
    store.saveItem(scope, item, JSON.stringify(item), { ifVersion });
  return {
    store,
    scope,
    stranger: newScope(),
    save,
    thread: async (fields) => {
      const thread = newThread(fields);
      await store.createThread(scope, thread);
      return thread;
    },
    item: async (threadId, fields) => {
      const item = newItem(threadId, fields);
      await save(item);
      return item;
    },
  };
}

/** Compares as JSON: a field that is `undefined` and one that is not there are the same to a store. */
export function assertSame(actual: unknown, expected: unknown): void {
  assert.deepEqual(asJson(actual), asJson(expected));
}

function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

export async function assertNotFound(work: () => unknown): Promise<void> {
  await assert.rejects(async () => work(), NotFoundError);
}

export async function assertConflict(work: () => unknown): Promise<void> {
  await assert.rejects(async () => work(), ConflictError);
}

/** Ids are the application's to make: one that is taken is no state of which a user is to hear. */
export async function assertIdTaken(work: () => unknown): Promise<void> {
  await assert.rejects(
    async () => work(),
    (error) => error instanceof DeveloperError && error.code === 'id_taken',
  );
}

/** Follows the cursors to the end, and returns the ids page by page. */
export async function idsByPage(load: Load<{ id: string }>): Promise<string[][]> {
  return (await pagesOf(load)).map((page) => page.map(({ id }) => id));
}

/** All entries of a list. */
export async function everyEntry<T>(load: Load<T>): Promise<T[]> {
  return (await pagesOf(load)).flat();
}

type Load<T> = (after: string | undefined) => Page<T> | Promise<Page<T>>;

async function pagesOf<T>(load: Load<T>): Promise<T[][]> {
  const pages: T[][] = [];
  let after: string | undefined;
  do {
    const page = await load(after);
    pages.push(page.data);
    assert.equal(page.after === undefined, !page.has_more, '`after` is there when `has_more`, and only then');
    after = page.after;
  } while (after !== undefined);
  return pages;
}

/** Pairs of texts that a database may take for each other: half a character, or the text's end, is lost. */
export const TWINS = [
  ['\ud800', '\udfff'],
  ['\ud83d', '\ufffd'],
  ['\0a', '\0b'],
  ['\0', ''],
] as const;

/** Whether the store did the work; it may refuse it with any error. */
export async function isDone(work: () => unknown): Promise<boolean> {
  try {
    await work();
    return true;
  } catch {
    return false;
  }
}

/** Text that has met a careless encoding before: nulls, quotes, surrogates, separators, combining marks. */
export const HARD_TEXT =
  'null \u0000 "quotes\' \\ 日本語 👩‍👩‍👧 e\u0301 \u2028\u2029 \ud800 %_; DROP TABLE items; --\r\n\t';
