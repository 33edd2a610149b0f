import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

import { ConflictError, DeveloperError, NotFoundError } from '../../errors';
import { type Page, type ThreadItem, type ThreadMetadata, type WidgetItem } from '../../protocol';
import { type Store, type StoreScope } from '../../store';

/** What each rule is tested with. Its owners and ids are unique, so that tests may share a database. */
export interface Kit {
  store: Store;
  scope: StoreScope;
  /** Another owner. */
  stranger: StoreScope;
  /** Stores a new thread of `scope`. */
  thread: (fields?: Partial<ThreadMetadata>) => Promise<ThreadMetadata>;
  /** Stores a new widget item at the end of a thread of `scope`. */
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

/** Compares as JSON: for a store, an `undefined` field and a missing one are the same. */
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

/** Ids come from the application, so a taken id is a bug and not an error for users. */
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
    assert.equal(
      page.after === undefined,
      !page.has_more,
      'a page must have `after` exactly when it has `has_more`',
    );
    after = page.after;
  } while (after !== undefined);
  return pages;
}

/** Pairs of texts that a database may confuse, because it loses a lone surrogate or the text after a NUL. */
export const TWINS = [
  ['\ud800', '\udfff'],
  ['\ud83d', '\ufffd'],
  ['\0a', '\0b'],
  ['\0', ''],
] as const;

/** Whether the store did the work. It may refuse it with any error. */
export async function isDone(work: () => unknown): Promise<boolean> {
  try {
    await work();
    return true;
  } catch {
    return false;
  }
}

/** Text that breaks careless encodings: nulls, quotes, surrogates, separators, combining marks. */
export const HARD_TEXT =
  'null \u0000 "quotes\' \\ 日本語 👩‍👩‍👧 e\u0301 \u2028\u2029 \ud800 %_; DROP TABLE items; --\r\n\t';
