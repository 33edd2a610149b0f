import fc from 'fast-check';

import { ChatError, DeveloperError } from '../../src/errors';
import { type Page, type ThreadItem } from '../../src/protocol';
import { type Awaitable, type Store } from '../../src/store';
import { scopeOf, threadOf, widgetOf } from './fixtures';

export type StoreWithAdmin = Store & { admin: NonNullable<Store['admin']> };

/** One call of one method. `name` is what a failing sequence shows. */
export interface Operation {
  name: string;
  run(store: StoreWithAdmin): unknown;
}

// Few names, and the first much more often, so that calls meet.
const owner = mostly('ann', 'bob').map(scopeOf);
const threadId = mostly('t1', 't2', 't3');
const itemId = mostly('i1', 'i2', 'i3', 'i4');
const ifVersion = mostly(undefined, 0, 1, 2);
const listOptions = (id: fc.Arbitrary<string>, maxBytes = fc.integer({ min: 0, max: 500 })) =>
  fc.record({
    limit: fc.integer({ min: 1, max: 4 }),
    maxBytes: fc.option(maxBytes, { nil: undefined }),
    order: fc.constantFrom('asc', 'desc'),
    after: fc.option(id, { nil: undefined }),
  });
// How many bytes a thread has is each store's own: PostgreSQL writes its JSON with spaces.
const threadListOptions = listOptions(threadId, fc.constant(0));
const patch = fc.record(
  {
    title: fc.option(fc.string(), { nil: undefined }),
    metadata: fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }),
  },
  { requiredKeys: [] },
);
const item = fc
  .record({ id: itemId, thread: threadId, note: fc.string({ unit: 'binary' }), widget: fc.boolean() })
  .map(({ id, thread, note, widget }): ThreadItem => {
    const { created_at, thread_id, ...rest } = widgetOf(id, thread, note);
    return widget ? { ...rest, thread_id, created_at } : { type: 'end_of_turn', id, thread_id, created_at };
  });
const types = fc.option(fc.subarray(['widget', 'end_of_turn', 'task'] as const), { nil: undefined });
const key = mostly('k1', 'k2', '__proto__');
const PAST = 1000;
const FUTURE = 4_000_000_000_000;
const expiresAt = fc.constantFrom(undefined, PAST, FUTURE);
const attachmentId = mostly('a1', 'a2');
const attachmentPatch = fc.record(
  {
    thread_id: fc.option(fc.string(), { nil: undefined }),
    upload_descriptor: fc.constantFrom(undefined, { url: 'https://a.example', method: 'PUT' as const }),
    metadata: fc.dictionary(fc.string(), fc.option(fc.jsonValue(), { nil: undefined }), {
      noNullPrototype: true,
    }),
  },
  { requiredKeys: [] },
);
const runId = mostly('r1', 'r2', 'r3');

/** The first as often as all others together. */
export function mostly<T>(first: T, ...others: T[]): fc.Arbitrary<T> {
  return fc.oneof(fc.constant(first), fc.constantFrom(...others));
}

function operation<T extends unknown[]>(
  name: string,
  parts: { [K in keyof T]: fc.Arbitrary<T[K]> },
  run: (store: StoreWithAdmin, ...values: T) => unknown,
): fc.Arbitrary<Operation> {
  return fc.tuple<T>(...parts).map((values) => ({
    name: `${name} ${JSON.stringify(values)}`,
    run: (store) => run(store, ...values),
  }));
}

export const anyOperation = fc.oneof(
  operation('loadThread', [owner, threadId], (s, o, t) => s.loadThread(o, t)),
  operation('createThread', [owner, threadId, patch], (s, o, t, p) =>
    s.createThread(o, JSON.parse(JSON.stringify({ ...threadOf(t), ...p }))),
  ),
  operation('patchThread', [owner, threadId, patch], (s, o, t, p) => s.patchThread(o, t, p)),
  operation('deleteThread', [owner, threadId], (s, o, t) => s.deleteThread(o, t)),
  operation('listThreads', [owner, threadListOptions], (s, o, l) => s.listThreads(o, l)),
  operation('loadItem', [owner, threadId, itemId], (s, o, t, i) => s.loadItem(o, t, i)),
  {
    weight: 6,
    arbitrary: operation('saveItem', [owner, item, ifVersion], (s, o, i, v) =>
      s.saveItem(o, i, JSON.stringify(i), { ifVersion: v }),
    ),
  },
  {
    weight: 3,
    arbitrary: operation('deleteItem', [owner, threadId, itemId], (s, o, t, i) => s.deleteItem(o, t, i)),
  },
  {
    weight: 4,
    arbitrary: operation('listItems', [owner, threadId, listOptions(itemId), types], (s, o, t, l, y) =>
      s.listItems(o, t, { ...l, types: y }),
    ),
  },
  operation('saveAttachment', [owner, attachmentId, fc.string()], (s, o, a, n) =>
    s.saveAttachment(o, { type: 'file', id: a, name: n, mime_type: 'text/plain' }),
  ),
  operation('loadAttachment', [owner, attachmentId], (s, o, a) => s.loadAttachment(o, a)),
  operation('patchAttachment', [owner, attachmentId, attachmentPatch], (s, o, a, p) =>
    s.patchAttachment(o, a, p),
  ),
  operation('deleteAttachment', [owner, attachmentId], (s, o, a) => s.deleteAttachment(o, a)),
  operation('openRun', [owner, threadId, runId], (s, o, t, r) =>
    s.openRun(o, { id: r, thread_id: t, instance: 'p', started_at: '2025-01-02T03:04:05Z' }),
  ),
  operation('closeRun', [owner, runId], (s, o, r) => s.closeRun(o, r)),
  operation('getValue', [owner, key], (s, o, k) => s.getValue(o, k)),
  {
    weight: 2,
    arbitrary: operation(
      'putValue',
      [owner, key, fc.jsonValue(), ifVersion, expiresAt, fc.option(threadId, { nil: undefined })],
      (s, o, k, value, v, e, t) =>
        s.putValue(o, k, JSON.parse(JSON.stringify(value)), { ifVersion: v, expiresAt: e, threadId: t }),
    ),
  },
  operation('deleteValue', [owner, key], (s, o, k) => s.deleteValue(o, k)),
  operation('admin.listOpenRuns', [fc.integer({ min: 1, max: 4 })], (s, limit) =>
    batches((after) => s.admin.listOpenRuns({ limit, after })),
  ),
  operation('admin.listUnsentAttachments', [fc.integer({ min: 1, max: 4 })], (s, limit) =>
    batches((after) => s.admin.listUnsentAttachments(FUTURE, { limit, after })),
  ),
  operation('admin.cleanUpValues', [fc.constantFrom(0, PAST, FUTURE)], (s, now) =>
    s.admin.cleanUpValues(now),
  ),
  operation('admin.listThreads', [threadListOptions], (s, l) => s.admin.listThreads(l)),
  operation('admin.listAttachments', [owner, fc.integer({ min: 1, max: 4 })], (s, o, limit) =>
    batches((after) => s.admin.listAttachments(o.owner, { limit, after })),
  ),
  operation('admin.listValues', [owner, fc.integer({ min: 1, max: 4 })], (s, o, limit) =>
    batches((after) => s.admin.listValues(o.owner, { limit, after })),
  ),
  operation('admin.forgetOwner', [owner], (s, o) => s.admin.forgetOwner(o.owner)),
);

/** All batches of a list: their cursors are each store's own. */
async function batches<T>(load: (after: string | undefined) => Awaitable<Page<T>>): Promise<T[][]> {
  const all: T[][] = [];
  for (let after: string | undefined, more = true; more;) {
    const batch = await load(after);
    all.push(batch.data);
    after = batch.after;
    more = batch.has_more;
  }
  return all;
}

/** What a call comes to: its value, or the code of its error. Other errors are problems of the store. */
export async function outcome(operation: Operation, store: StoreWithAdmin): Promise<unknown> {
  try {
    return { value: await operation.run(store) };
  } catch (error) {
    if (error instanceof ChatError || error instanceof DeveloperError) return { error: error.code };
    throw error;
  }
}

/** Two owners with threads in which much can happen, where most random calls would miss. */
export async function populate(store: Store): Promise<void> {
  for (const [name, thread] of [
    ['ann', 't1'],
    ['ann', 't2'],
    ['bob', 't3'],
  ] as const) {
    await store.createThread(scopeOf(name), threadOf(thread));
  }
}
