import { ConflictError, NotFoundError } from '../../src/errors';
import { type Page, type ThreadItem, type ThreadMetadata } from '../../src/protocol';
import {
  type ItemListOptions,
  type ListOptions,
  type OpenRun,
  type OpenRunOptions,
  type PutOptions,
  type SaveItemOptions,
  type Store,
  type StoreScope,
} from '../../src/store';
import { MemoryStore } from '../../src/stores';
import { storeContract } from '../../src/testing';
import { interfere } from '../support/failing-store';
import { NaiveStore } from './naive-store';

type AnyPage = Page<{ id: string }>;

/** Stores with one problem each, and the rule that must find it. */
const mutants: [rule: string, create: () => Store][] = [
  [
    'a reader that follows the pages of items during writes sees each item once, in the order of the list',
    () => {
      // It has its number, and others with higher ones are committed first.
      const uncommitted = new Set<string>();
      return interfere(new MemoryStore(), async ({ method, args }, proceed) => {
        const done = proceed();
        if (method === 'saveItem') {
          const { id } = args[1] as ThreadItem;
          if (uncommitted.size === 0) uncommitted.add(id);
          for (let turn = 0; turn < (uncommitted.has(id) ? 5 : 1); turn += 1) {
            await new Promise(setImmediate);
          }
          uncommitted.delete(id);
        }
        if (method !== 'listItems') return done;
        const page = done as AnyPage;
        return { ...page, data: page.data.filter(({ id }) => !uncommitted.has(id)) };
      });
    },
  ],
  [
    "another owner's thread is not found by any method",
    () =>
      new (class extends NaiveStore {
        override loadThread(_: StoreScope, threadId: string): ThreadMetadata {
          const row = this.threads.find(({ id, deleted }) => id === threadId && !deleted);
          if (row === undefined) throw new NotFoundError('');
          return structuredClone(row.content);
        }
      })(),
  ],
  [
    'changing a given or returned object changes no stored item',
    () =>
      new (class extends NaiveStore {
        override loadItem(scope: StoreScope, threadId: string, itemId: string) {
          const found = super.loadItem(scope, threadId, itemId);
          const row = this.items.find(({ id }) => id === itemId);
          return row === undefined ? found : { item: row.content, version: row.version };
        }
      })(),
  ],
  [
    'saving an item again replaces it in its place, and its version grows by 1',
    () =>
      new (class extends MemoryStore {
        override saveItem(
          scope: StoreScope,
          item: ThreadItem,
          text: string,
          options?: SaveItemOptions,
        ): number {
          this.deleteItem(scope, item.thread_id, item.id);
          return super.saveItem(scope, item, text, options);
        }
      })(),
  ],
  [
    'ifVersion saves on the stored version only',
    () =>
      new (class extends MemoryStore {
        override saveItem(scope: StoreScope, item: ThreadItem, text: string): number {
          return super.saveItem(scope, item, text);
        }
      })(),
  ],
  [
    'the types filter fills the pages with those types',
    () =>
      new (class extends MemoryStore {
        override listItems(scope: StoreScope, threadId: string, { types, ...options }: ItemListOptions) {
          const page = super.listItems(scope, threadId, options);
          return { ...page, data: page.data.filter(({ type }) => types?.includes(type) ?? true) };
        }
      })(),
  ],
  [
    'a thread cursor stays valid when its thread is deleted',
    () =>
      new (class extends MemoryStore {
        override listThreads(scope: StoreScope, options: ListOptions) {
          if (options.after !== undefined) this.loadThread(scope, options.after);
          return super.listThreads(scope, options);
        }
      })(),
  ],
  [
    'pages of threads are full until the last, for every limit',
    () =>
      new (class extends MemoryStore {
        override listThreads(scope: StoreScope, options: ListOptions) {
          const page = super.listThreads(scope, options);
          const last = page.data.at(-1);
          return page.data.length < options.limit || last === undefined
            ? page
            : { ...page, has_more: true, after: last.id };
        }
      })(),
  ],
  [
    'item ids are unique within their thread only',
    () =>
      new (class extends NaiveStore {
        override saveItem(scope: StoreScope, item: ThreadItem, text: string, options?: SaveItemOptions) {
          const elsewhere = this.items.find(({ id }) => id === item.id);
          if (elsewhere !== undefined && elsewhere.threadId !== item.thread_id) throw new ConflictError('');
          return super.saveItem(scope, item, text, options);
        }
      })(),
  ],
  [
    'item ids are unique within their thread only',
    () =>
      new (class extends NaiveStore {
        override deleteItem(scope: StoreScope, threadId: string, itemId: string): void {
          super.deleteItem(scope, threadId, itemId);
          for (const row of this.items) if (row.id === itemId) row.deleted = true;
        }
      })(),
  ],
  [
    'keys that differ only in a lone surrogate or after a NUL are refused or kept apart',
    () =>
      new (class extends NaiveStore {
        override putValue(scope: StoreScope, key: string, value: unknown, options?: PutOptions) {
          return super.putValue(scope, key.toWellFormed(), value, options);
        }
        override getValue(scope: StoreScope, key: string) {
          return super.getValue(scope, key.toWellFormed());
        }
      })(),
  ],
  [
    'items whose ids differ only in a lone surrogate or after a NUL are refused or kept apart',
    () =>
      new (class extends NaiveStore {
        override saveItem(scope: StoreScope, item: ThreadItem, text: string, options?: SaveItemOptions) {
          const [id = ''] = item.id.split('\0');
          return super.saveItem(scope, { ...item, id }, text, options);
        }
        override loadItem(scope: StoreScope, threadId: string, itemId: string) {
          return super.loadItem(scope, threadId, itemId.split('\0')[0] ?? '');
        }
      })(),
  ],
  [
    'owners that differ only in a lone surrogate or after a NUL are refused or kept apart',
    () =>
      new (class extends NaiveStore {
        override createThread(scope: StoreScope, thread: ThreadMetadata): void {
          super.createThread({ ...scope, owner: scope.owner.toWellFormed() }, thread);
        }
        override listThreads(scope: StoreScope, options: ListOptions) {
          return super.listThreads({ ...scope, owner: scope.owner.toWellFormed() }, options);
        }
      })(),
  ],
  [
    'threads whose ids differ only in a lone surrogate or after a NUL are refused or kept apart',
    () =>
      new (class extends NaiveStore {
        override listThreads(scope: StoreScope, options: ListOptions) {
          const page = super.listThreads(scope, options);
          return page.after === undefined ? page : { ...page, after: page.after.split('\0')[0] ?? '' };
        }
      })(),
  ],
  ...(['items', 'threads'] as const).flatMap((what): [string, () => Store][] => {
    const rule = `pages of ${what} are limited by bytes as well, and none is empty`;
    const method = what === 'items' ? 'listItems' : 'listThreads';
    /** A store that does something else in its lists. */
    const paging = (list: (options: ListOptions, load: (options: ListOptions) => AnyPage) => AnyPage) => () =>
      interfere(new NaiveStore(), (call, proceed) => {
        if (call.method !== method) return proceed();
        const args = call.args as unknown[];
        return list(args.at(-1) as ListOptions, (options) => {
          args[args.length - 1] = options;
          return proceed() as AnyPage;
        });
      });
    return [
      [rule, paging((options, load) => load({ ...options, maxBytes: Infinity }))],
      [rule, paging((options, load) => load({ ...options, maxBytes: 1 }))],
      [rule, paging((options, load) => load({ ...options, maxBytes: (options.maxBytes ?? 0) * 1.5 }))],
      [
        rule,
        paging((options, load) => {
          const page = load(options);
          return page.data.length === options.limit ? page : { data: page.data, has_more: false };
        }),
      ],
      [
        rule,
        paging((options, load) => {
          const page = load(options);
          const isLarge = Buffer.byteLength(JSON.stringify(page.data)) > (options.maxBytes ?? Infinity);
          return isLarge ? { ...page, data: [], after: options.after, has_more: true } : page;
        }),
      ],
      [
        'a page has a few megabytes by default',
        paging((options, load) => load({ maxBytes: Infinity, ...options })),
      ],
    ];
  }),
  [
    'concurrent patches of an attachment are not lost',
    () => {
      const store: Store = new NaiveStore();
      store.patchAttachment = async (scope, id, { metadata, ...patch }) => {
        const record = await store.loadAttachment(scope, id);
        await Promise.resolve();
        const patched = { ...record, ...patch, metadata: { ...record.metadata, ...metadata } };
        await store.saveAttachment(scope, patched);
        return patched;
      };
      return store;
    },
  ],
  [
    'pages of the threads of all owners are limited by bytes as well, and none is empty',
    () => {
      const store = new NaiveStore();
      const { listThreads } = store.admin;
      store.admin.listThreads = (options) => listThreads({ ...options, maxBytes: Infinity });
      return store;
    },
  ],
  [
    'open runs come in batches, each once, even if they are closed meanwhile',
    () => {
      const store = new NaiveStore();
      const { listOpenRuns } = store.admin;
      // The cursor is a number of entries: it is another place when some have gone.
      store.admin.listOpenRuns = ({ limit, after }) => {
        const from = Number(after ?? 0);
        const all = listOpenRuns({ limit: 10_000 }).data;
        const data = all.slice(from, from + limit);
        return from + limit < all.length
          ? { data, has_more: true, after: String(from + limit) }
          : { data, has_more: false };
      };
      return store;
    },
  ],
  [
    'attachments that no message carries come in batches, each once, even if deleted meanwhile',
    () => {
      const store = new NaiveStore();
      const { listUnsentAttachments } = store.admin;
      store.admin.listUnsentAttachments = (before) => listUnsentAttachments(before, { limit: 10_000 });
      return store;
    },
  ],
  ...(
    [
      ['createThread', 'a new thread is kept'],
      ['patchThread', 'a patch is made'],
      ['saveItem', 'an item is saved'],
      ['saveAttachment', 'an attachment is saved'],
      ['patchAttachment', 'a patch of an attachment is made'],
      ['openRun', 'a run is recorded'],
      ['putValue', 'a value is put'],
    ] as const
  ).map(([method, what]): [string, () => Store] => [
    `${what} as it was given, even if its object changes meanwhile`,
    () =>
      interfere(new NaiveStore(), async (call, proceed) => {
        if (call.method === method) await Promise.resolve(); // it waits, and looks at what it was given then
        return proceed();
      }),
  ]),
  [
    'the record of a run is kept, unless the last call of isOver returned true',
    () =>
      new (class extends NaiveStore {
        override openRun(scope: StoreScope, run: OpenRun, { isOver }: OpenRunOptions = {}): void {
          isOver?.();
          super.openRun(scope, run);
        }
      })(),
  ],
  [
    'a store with writesInOrder makes writes in the order of the calls',
    () => {
      const store = interfere(new NaiveStore(), async ({ method, args }, proceed) => {
        const isText = method === 'saveItem' && String(args[2]).includes('again');
        for (let turn = 0; isText && turn < 3; turn += 1) await Promise.resolve();
        return proceed();
      });
      return Object.assign(store, { writesInOrder: true });
    },
  ],
  [
    'deleting a thread deletes its open runs, and no others',
    () =>
      new (class extends NaiveStore {
        override deleteThread(scope: StoreScope, threadId: string): void {
          const runs = this.runs;
          super.deleteThread(scope, threadId);
          this.runs = runs;
        }
      })(),
  ],
  [
    'a value of a thread is deleted with it, and no other is',
    () =>
      new (class extends NaiveStore {
        override deleteThread(scope: StoreScope, threadId: string): void {
          const values = this.values;
          super.deleteThread(scope, threadId);
          this.values = values;
        }
      })(),
  ],
  [
    'a value of a thread is deleted with it, and no other is',
    () =>
      new (class extends NaiveStore {
        override putValue(scope: StoreScope, key: string, value: unknown, options?: PutOptions) {
          const before = this.values.find(({ id }) => id === key);
          return super.putValue(scope, key, value, { threadId: before?.threadId, ...options });
        }
      })(),
  ],
  [
    'a value of a thread that is not there, or is another owner’s, is a NotFoundError',
    () =>
      new (class extends NaiveStore {
        override putValue(scope: StoreScope, key: string, value: unknown, options: PutOptions = {}) {
          if (this.threads.some(({ id }) => id === options.threadId)) {
            return super.putValue(scope, key, value, options);
          }
          return super.putValue(scope, key, value, { ...options, threadId: undefined });
        }
      })(),
  ],
  [
    'a thread that is deleted while values are put leaves no values',
    () => {
      // It looks for the thread first, and puts the value later.
      const store = new NaiveStore();
      return interfere(store, async ({ method, args }, proceed) => {
        const [scope, key, value, options = {}] = args as [StoreScope, string, unknown, PutOptions?];
        if (method !== 'putValue' || options.threadId === undefined) return proceed();
        store.loadThread(scope, options.threadId);
        await new Promise(setImmediate);
        return store.putValue(scope, key, value, { ...options, threadId: undefined });
      });
    },
  ],
];

test.each(mutants)('a store that breaks the rule "%s" is found out', async (rule, create) => {
  const broken: string[] = [];
  for (const { name, run } of storeContract(create)) {
    await run().catch((error: unknown) => {
      expect(error).toHaveProperty('name');
      broken.push(name);
    });
  }
  expect(broken).toContain(rule);
});

test('a store that keeps the contract breaks no rule, be it written in the plainest way', async () => {
  for (const { run } of storeContract(() => new NaiveStore())) await run();
});

test('a store without admin is tested as well', async () => {
  const create = () => Object.assign(new NaiveStore(), { admin: undefined });
  for (const { run } of storeContract(create)) await run();
});

test('the names of the rules differ and are sentences', () => {
  const names = storeContract(() => new MemoryStore()).map(({ name }) => name);
  for (const name of names) expect(name).toMatch(/\w+ \w+ \w+/);
  expect(names.length).toBeGreaterThan(50);
});
