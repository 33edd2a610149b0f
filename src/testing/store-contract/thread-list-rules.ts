import assert from 'node:assert/strict';

import { type Rules } from './contract-case';
import { assertNotFound, idsByPage, newId, type Kit, assertSame } from './kit';

export const threadListRules: Rules = {
  'threads are listed by insertion, not by time, in both directions': async (kit) => {
    const first = await kit.thread({ created_at: '2030-01-01T00:00:00Z' });
    const second = await kit.thread({ created_at: '2020-01-01T00:00:00Z' });
    const { store, scope } = kit;
    const asc = await store.listThreads(scope, { limit: 10, order: 'asc' });
    const desc = await store.listThreads(scope, { limit: 10, order: 'desc' });
    assertSame(asc, { data: [first, second], has_more: false });
    assertSame(desc, { data: [second, first], has_more: false });
  },
  'an owner without threads has an empty list': async ({ store, scope }) => {
    const page = await store.listThreads(scope, { limit: 1, order: 'asc' });
    assertSame(page, { data: [], has_more: false });
  },
  'pages of threads are full until the last, for every limit': async (kit) => {
    const ids = await threads(kit, 5);
    for (let limit = 1; limit <= 6; limit++) {
      for (const order of ['asc', 'desc'] as const) {
        const pages = await idsByPage((after) => kit.store.listThreads(kit.scope, { limit, order, after }));
        assertSame(pages.flat(), order === 'asc' ? ids : ids.toReversed());
        assert.equal(pages.length, Math.ceil(5 / limit));
      }
    }
  },
  'a thread cursor stays valid when its thread is deleted': async (kit) => {
    const { store, scope } = kit;
    const [a, b, c] = await threads(kit, 3);
    assert(b !== undefined);
    await store.deleteThread(scope, b);
    const asc = await store.listThreads(scope, { limit: 5, order: 'asc', after: b });
    const desc = await store.listThreads(scope, { limit: 5, order: 'desc', after: b });
    assertSame([asc.data[0]?.id, asc.data.length], [c, 1]);
    assertSame([desc.data[0]?.id, desc.data.length], [a, 1]);
  },
  'a patched thread keeps its place': async (kit) => {
    const ids = await threads(kit, 3);
    await kit.store.patchThread(kit.scope, ids[0] ?? '', { title: 'renamed' });
    const page = await kit.store.listThreads(kit.scope, { limit: 5, order: 'asc' });
    assertSame(
      page.data.map(({ id }) => id),
      ids,
    );
  },
  'a thread cursor that never existed is a NotFoundError': async ({ store, scope }) => {
    await assertNotFound(() => store.listThreads(scope, { limit: 1, order: 'asc', after: newId() }));
  },
};

async function threads(kit: Kit, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) ids.push((await kit.thread()).id);
  return ids;
}
