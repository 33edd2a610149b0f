import assert from 'node:assert/strict';

import { type ItemListOptions } from '../../store';
import { type Rules } from './contract-case';
import { assertNotFound, CREATED_AT, idsByPage, newId, type Kit, assertSame } from './kit';

export const itemListRules: Rules = {
  'items are listed by insertion, not by time, in both directions': async ({
    store,
    scope,
    thread,
    item,
  }) => {
    const { id } = await thread();
    const first = await item(id, { created_at: '2030-01-01T00:00:00Z' });
    const second = await item(id, { created_at: '2020-01-01T00:00:00Z' });
    const asc = await store.listItems(scope, id, { limit: 10, order: 'asc' });
    const desc = await store.listItems(scope, id, { limit: 10, order: 'desc' });
    assertSame(asc, { data: [first, second], has_more: false });
    assertSame(desc, { data: [second, first], has_more: false });
  },
  'a new thread has an empty list of items': async ({ store, scope, thread }) => {
    const page = await store.listItems(scope, (await thread()).id, { limit: 1, order: 'desc' });
    assertSame(page, { data: [], has_more: false });
  },
  'pages of items are full until the last, for every limit': async (kit) => {
    const { threadId, ids } = await interleaved(kit);
    for (let limit = 1; limit <= ids.length + 1; limit++) {
      for (const order of ['asc', 'desc'] as const) {
        const pages = await idsByPage((after) => list(kit, threadId, { limit, order, after }));
        assertSame(pages.flat(), order === 'asc' ? ids : ids.toReversed());
        assert.equal(pages.length, Math.ceil(ids.length / limit));
      }
    }
  },
  'the cursor of the last item leads to an empty page': async (kit) => {
    const { threadId, ids } = await interleaved(kit);
    const beyond = await list(kit, threadId, { limit: 3, order: 'asc', after: ids.at(-1) });
    const before = await list(kit, threadId, { limit: 3, order: 'desc', after: ids[0] });
    assertSame([beyond, before], Array(2).fill({ data: [], has_more: false }));
  },
  'an item cursor stays valid when its item is deleted': async (kit) => {
    const { threadId, ids } = await interleaved(kit);
    const [first, second, ...rest] = ids;
    assert(first !== undefined && second !== undefined);
    for (const doomed of [second, rest[0] ?? '']) await kit.store.deleteItem(kit.scope, threadId, doomed);
    const asc = await list(kit, threadId, { limit: 9, order: 'asc', after: second });
    const desc = await list(kit, threadId, { limit: 9, order: 'desc', after: second });
    assertSame(
      [asc, desc].map((page) => page.data.map(({ id }) => id)),
      [rest.slice(1), [first]],
    );
  },
  'a page whose items are all deleted is empty': async (kit) => {
    const { threadId, ids } = await interleaved(kit);
    for (const id of ids) await kit.store.deleteItem(kit.scope, threadId, id);
    const page = await list(kit, threadId, { limit: 2, order: 'asc', after: ids[1] });
    assertSame(page, { data: [], has_more: false });
  },
  'the types filter fills the pages with those types': async (kit) => {
    const { threadId, widgets, ends } = await interleaved(kit);
    for (const [type, ids] of [
      ['widget', widgets],
      ['end_of_turn', ends],
    ] as const) {
      for (const limit of [1, 2, 3, 4]) {
        const options = { limit, order: 'asc', types: [type] } as const;
        const pages = await idsByPage((after) => list(kit, threadId, { ...options, after }));
        assertSame(pages.flat(), ids);
        assert.equal(pages.length, Math.ceil(ids.length / limit));
      }
    }
  },
  'the types filter takes a cursor of a type that it leaves out': async (kit) => {
    const { threadId, widgets, ends } = await interleaved(kit);
    const options = { limit: 9, order: 'asc', types: ['widget'] } as const;
    const page = await list(kit, threadId, { ...options, after: ends[0] });
    assertSame(
      page.data.map(({ id }) => id),
      widgets.slice(1),
    );
  },
  'the types filter takes several types, and none': async (kit) => {
    const { threadId, ids } = await interleaved(kit);
    const both = await list(kit, threadId, { limit: 9, order: 'desc', types: ['end_of_turn', 'widget'] });
    const none = await list(kit, threadId, { limit: 9, order: 'desc', types: [] });
    assertSame([both.data.length, none.data.length], [ids.length, 0]);
  },
  'listing items is a NotFoundError without the thread and with a foreign cursor': async (kit) => {
    const { store, scope } = kit;
    const [here, there] = [await kit.thread(), await kit.thread()];
    const elsewhere = await kit.item(there.id);
    const options = { limit: 1, order: 'asc' } as const;
    await assertNotFound(() => store.listItems(scope, newId(), options));
    await assertNotFound(() => store.listItems(scope, here.id, { ...options, after: newId() }));
    await assertNotFound(() => store.listItems(scope, here.id, { ...options, after: elsewhere.id }));
  },
};

/** Widgets and ends of turn alternate, among items of another thread. */
async function interleaved(kit: Kit) {
  const [thread, other] = [await kit.thread(), await kit.thread()];
  const widgets: string[] = [];
  const ends: string[] = [];
  const ids: string[] = [];
  for (let turn = 0; turn < 3; turn++) {
    const { id } = await kit.item(thread.id);
    await kit.item(other.id);
    const end = { type: 'end_of_turn', id: newId(), thread_id: thread.id, created_at: CREATED_AT } as const;
    await kit.save(end);
    widgets.push(id);
    ends.push(end.id);
    ids.push(id, end.id);
  }
  return { threadId: thread.id, widgets, ends, ids };
}

async function list({ store, scope }: Kit, threadId: string, options: ItemListOptions) {
  return store.listItems(scope, threadId, options);
}
