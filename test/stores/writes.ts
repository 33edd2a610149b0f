import { type Store, type StoreAdmin } from '../../src/store';
import { scopeOf, threadOf, widgetOf } from './fixtures';
import { type StoreWithAdmin } from './operations';

const scope = scopeOf('ann');
const PAST = 1000;

/** What the writes below start from: each of them changes something here. */
export async function populate(store: StoreWithAdmin): Promise<void> {
  await store.createThread(scope, threadOf('t1', { title: 'old' }));
  await store.createThread(scope, threadOf('t2'));
  await saveItem(store, 'present');
  await saveItem(store, 'deleted');
  await store.deleteItem(scope, 't1', 'deleted');
  await store.saveAttachment(scope, file('present'));
  await store.openRun(scope, run('present'));
  await store.putValue(scope, 'present', 1);
  await store.putValue(scope, 'expired', 1, { expiresAt: PAST });
  await store.putValue(scope, 'of a thread', 1, { threadId: 't1' });
}

/** Every way to write, by the method of the store that it goes through. */
export const WRITES: readonly [
  method: keyof Store | `admin.${keyof StoreAdmin}`,
  name: string,
  write: (store: StoreWithAdmin) => unknown,
][] = [
  ['createThread', 'a new thread', (store) => store.createThread(scope, threadOf('t3'))],
  ['patchThread', 'a title', (store) => store.patchThread(scope, 't1', { title: 'new' })],
  ['deleteThread', 'a thread', (store) => store.deleteThread(scope, 't1')],
  ['saveItem', 'a new item', (store) => saveItem(store, 'new')],
  ['saveItem', 'a new item that must be new', (store) => saveItem(store, 'new', 0)],
  ['saveItem', 'an item again', (store) => saveItem(store, 'present')],
  ['saveItem', 'an item of a version', (store) => saveItem(store, 'present', 1)],
  ['saveItem', 'an item that was deleted', (store) => saveItem(store, 'deleted')],
  ['saveItem', 'an item that was deleted and must be new', (store) => saveItem(store, 'deleted', 0)],
  ['deleteItem', 'an item', (store) => store.deleteItem(scope, 't1', 'present')],
  ['saveAttachment', 'a new attachment', (store) => store.saveAttachment(scope, file('new'))],
  [
    'saveAttachment',
    'an attachment again',
    (store) => store.saveAttachment(scope, { ...file('present'), thread_id: 't1' }),
  ],
  [
    'patchAttachment',
    'the thread of an attachment',
    (store) => store.patchAttachment(scope, 'present', { thread_id: 't1' }),
  ],
  ['deleteAttachment', 'an attachment', (store) => store.deleteAttachment(scope, 'present')],
  ['openRun', 'a run', (store) => store.openRun(scope, run('new'))],
  ['closeRun', 'a run', (store) => store.closeRun(scope, 'present')],
  ['putValue', 'a new value', (store) => store.putValue(scope, 'new', 1)],
  ['putValue', 'a new value that must be new', (store) => store.putValue(scope, 'new', 1, { ifVersion: 0 })],
  ['putValue', 'a value again', (store) => store.putValue(scope, 'present', 2)],
  ['putValue', 'a value of a version', (store) => store.putValue(scope, 'present', 2, { ifVersion: 1 })],
  ['putValue', 'an expired value', (store) => store.putValue(scope, 'expired', 2, { ifVersion: 0 })],
  ['putValue', 'a new value of a thread', (store) => store.putValue(scope, 'new', 1, { threadId: 't1' })],
  [
    'putValue',
    'a new value of a thread that must be new',
    (store) => store.putValue(scope, 'new', 1, { threadId: 't1', ifVersion: 0 }),
  ],
  [
    'putValue',
    'a value of a version, for a thread',
    (store) => store.putValue(scope, 'present', 2, { threadId: 't1', ifVersion: 1 }),
  ],
  ['deleteValue', 'a value', (store) => store.deleteValue(scope, 'present')],
  ['admin.cleanUpValues', 'expired values', (store) => store.admin.cleanUpValues(PAST)],
  ['admin.forgetOwner', 'all of an owner', (store) => store.admin.forgetOwner('ann')],
];

/** The methods that write nothing. */
export const READS: readonly string[] = [
  'loadThread',
  'listThreads',
  'loadItem',
  'listItems',
  'loadAttachment',
  'getValue',
  'admin.listOpenRuns',
  'admin.listThreads',
  'admin.listUnsentAttachments',
  'admin.listAttachments',
  'admin.listValues',
];

function saveItem(store: StoreWithAdmin, id: string, ifVersion?: number): unknown {
  const item = widgetOf(id, 't1', 'x'.repeat(100));
  return store.saveItem(scope, item, JSON.stringify(item), { ifVersion });
}

function file(id: string) {
  return { type: 'file', id, name: 'a.txt', mime_type: 'text/plain' } as const;
}

function run(id: string) {
  return { id, thread_id: 't1', instance: 'p1', started_at: '2025-01-02T03:04:05Z' };
}
