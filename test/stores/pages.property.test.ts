import fc from 'fast-check';

import { type Page, type ThreadItem, type ThreadItemType, type ThreadMetadata } from '../../src/protocol';
import { type ListOptions, type Store } from '../../src/store';
import { MemoryStore } from '../../src/stores';
import { SqliteStore } from '../../src/stores/sqlite';
import { drivers } from './drivers';
import { scopeOf, threadOf, widgetOf } from './fixtures';
import { NaiveStore } from './naive-store';

const scope = scopeOf('ann');

const STORES: [name: string, create: () => Store][] = [
  ['NaiveStore', () => new NaiveStore()],
  ['MemoryStore', () => new MemoryStore()],
  ...drivers().map((driver): [string, () => Store] => [
    `SqliteStore (${driver})`,
    () => new SqliteStore(':memory:', { driver }),
  ]),
];

const text = fc
  .tuple(fc.constantFrom('x', 'é', '中', '😀', '\n'), fc.integer({ min: 0, max: 300 }))
  .map(([unit, count]) => unit.repeat(count));
const entry = fc.record({ text, deleted: fc.boolean(), isWidget: fc.boolean() });
const size = fc.record({
  limit: fc.integer({ min: 1, max: 12 }),
  maxBytes: fc.integer({ min: 0, max: 4000 }),
  order: fc.constantFrom('asc' as const, 'desc' as const),
});

/** One kind of list. */
interface Kind<T extends { id: string }> {
  make(entry: { id: string; text: string; isWidget: boolean }): T;
  save(store: Store, entry: T): unknown;
  remove(store: Store, id: string): unknown;
  isListed(entry: T): boolean;
  list(store: Store, options: ListOptions): ReturnType<Store['listThreads']> | ReturnType<Store['listItems']>;
}

const THREADS: Kind<ThreadMetadata> = {
  make: ({ id, text: content }) => threadOf(id, { metadata: { content } }),
  save: (store, thread) => store.createThread(scope, thread),
  remove: (store, id) => store.deleteThread(scope, id),
  isListed: () => true,
  list: (store, options) => store.listThreads(scope, options),
};

const itemsOf = (types?: ThreadItemType[]): Kind<ThreadItem> => ({
  make({ id, text: content, isWidget }) {
    const { created_at, ...widget } = widgetOf(id, 't', content);
    if (isWidget) return { ...widget, created_at };
    return { type: 'hidden_context_item', id, thread_id: 't', created_at, content };
  },
  save: (store, item) => store.saveItem(scope, item, JSON.stringify(item)),
  remove: (store, id) => store.deleteItem(scope, 't', id),
  isListed: ({ type }) => types?.includes(type) ?? true,
  list: (store, options) => store.listItems(scope, 't', { ...options, types }),
});

const bytesOf = (...all: object[]): number =>
  all.reduce((sum, each) => sum + Buffer.byteLength(JSON.stringify(each)), 0);

async function walk(list: (after: string | undefined) => ReturnType<Kind<never>['list']>) {
  const pages: Page<{ id: string }>[] = [];
  for (let after: string | undefined, isLast = false; !isLast;) {
    const page: Page<{ id: string }> = await list(after);
    pages.push(page);
    expect(page.after).toBe(page.has_more ? page.data.at(-1)?.id : undefined);
    ({ after } = page);
    isLast = !page.has_more;
  }
  return pages;
}

function holds<T extends { id: string }>(create: () => Store, kind: Kind<T>): Promise<void> {
  return fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 14 }), size, async (entries, options) => {
      const store = create();
      await store.createThread(scopeOf('bob'), threadOf('of another owner'));
      if (kind !== (THREADS as unknown)) await store.createThread(scope, threadOf('t'));
      const made = entries.map((each, index) => kind.make({ ...each, id: `e${String(index)}` }));
      for (const each of made) await kind.save(store, each);
      const kept = made.filter((each, index) => !entries[index]!.deleted && kind.isListed(each));
      for (const [index, { id }] of made.entries()) if (entries[index]!.deleted) await kind.remove(store, id);
      if (options.order === 'desc') kept.reverse();

      const pages = await walk((after) => kind.list(store, { ...options, after }));
      expect(pages.flatMap(({ data }) => data)).toEqual(kept);
      let seen = 0;
      for (const { data } of pages) {
        seen += data.length;
        const next = kept[seen];
        if (kept.length > 0) expect(data).not.toEqual([]);
        expect(data.length).toBeLessThanOrEqual(options.limit);
        if (data.length > 1) expect(bytesOf(...data)).toBeLessThanOrEqual(options.maxBytes);
        if (next === undefined || data.length === options.limit) continue;
        expect(bytesOf(...data, next)).toBeGreaterThan(options.maxBytes);
      }
      await store.admin?.close();
    }),
    { numRuns: 150 },
  );
}

describe.each(STORES)('the pages of %s', (_, create) => {
  test('hold all items once and in order, none is empty, and each ends as late as it may', () =>
    holds(create, itemsOf()));
  test('hold all items of a type once and in order, none is empty, and each ends as late as it may', () =>
    holds(create, itemsOf(['widget', 'task'])));
  test('hold all threads once and in order, none is empty, and each ends as late as it may', () =>
    holds(create, THREADS));
});
