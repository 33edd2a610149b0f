import assert from 'node:assert/strict';

import { type ThreadPatch } from '../../store';
import { type Rules } from './contract-case';
import { assertIdTaken, assertNotFound, HARD_TEXT, isDone, newId, newThread, assertSame, TWINS } from './kit';

export const threadRules: Rules = {
  'a thread comes back as it was created': async ({ store, scope, thread }) => {
    const created = await thread({
      title: HARD_TEXT,
      status: { type: 'locked', reason: 'spam' },
      allowed_image_domains: ['example.com'],
      metadata: { nothing: null, deep: { list: [1, 2.5, false, null, { a: HARD_TEXT }] } },
    });
    assertSame(await store.loadThread(scope, created.id), created);
  },
  'threads whose ids differ only in a lone surrogate or after a NUL are refused or kept apart': async (
    kit,
  ) => {
    const { store, scope } = kit;
    for (const twins of TWINS) {
      const prefix = newId();
      for (const twin of twins) {
        const created = newThread({ id: prefix + twin, title: JSON.stringify(twin) });
        if (!(await isDone(() => store.createThread(scope, created)))) continue;
        assertSame(await store.loadThread(scope, created.id), created);
        const page = await store.listThreads(scope, { limit: 1, order: 'desc' });
        assertSame(page.data, [created]);
        if (page.has_more) assert.equal(page.after, created.id);
      }
    }
  },
  'loading a thread that is not there is a NotFoundError': async ({ store, scope }) => {
    await assertNotFound(() => store.loadThread(scope, newId()));
  },
  'creating a thread whose id is taken is a DeveloperError, for every owner': async (kit) => {
    const { store, scope, stranger } = kit;
    const created = await kit.thread({ title: 'first' });
    await assertIdTaken(() => store.createThread(scope, newThread({ id: created.id })));
    await assertIdTaken(() => store.createThread(stranger, newThread({ id: created.id })));
    assertSame(await store.loadThread(scope, created.id), created);
  },
  'the id of a deleted thread stays taken': async ({ store, scope, thread }) => {
    const { id } = await thread();
    await store.deleteThread(scope, id);
    await assertIdTaken(() => store.createThread(scope, newThread({ id })));
  },
  'a patch changes the given fields only, and returns the whole thread': async ({ store, scope, thread }) => {
    const created = await thread({ title: 'old', metadata: { a: 1 }, allowed_image_domains: ['a.example'] });
    const patched = await store.patchThread(scope, created.id, { title: 'new', status: { type: 'closed' } });
    assertSame(patched, { ...created, title: 'new', status: { type: 'closed' } });
    assertSame(await store.loadThread(scope, created.id), patched);
  },
  'patches of different fields do not undo each other': async ({ store, scope, thread }) => {
    const { id } = await thread();
    await Promise.all([
      store.patchThread(scope, id, { title: 'renamed' }),
      store.patchThread(scope, id, { metadata: { step: 2 } }),
      store.patchThread(scope, id, { allowed_image_domains: ['b.example'] }),
    ]);
    const { title, metadata, allowed_image_domains } = await store.loadThread(scope, id);
    assertSame([title, metadata, allowed_image_domains], ['renamed', { step: 2 }, ['b.example']]);
  },
  'a patch sets the given keys of the metadata, removes those that are undefined, and leaves the others':
    async ({ store, scope, thread }) => {
      const { id } = await thread({ metadata: { a: 1, b: { deep: [1] }, c: 3, d: null } });
      const metadata = { b: { other: true }, c: undefined, d: null, e: [], f: undefined };
      const expected = { a: 1, b: { other: true }, d: null, e: [] };
      assertSame((await store.patchThread(scope, id, { metadata })).metadata, expected);
      const loaded = (await store.loadThread(scope, id)).metadata;
      assertSame(loaded, expected);
      assertSame(Object.keys(loaded).sort(), ['a', 'b', 'd', 'e']);
      assertSame((await store.patchThread(scope, id, { metadata: {} })).metadata, expected);
    },
  'metadata takes any key': async ({ store, scope, thread }) => {
    const { id } = await thread();
    const text = '{"":1,"__proto__":{"a":1},"constructor":2,"a.b":3,"it\'s":4,"日本 \\"$.x\\"":5}';
    await store.patchThread(scope, id, { metadata: JSON.parse(text) as Record<string, unknown> });
    assertSame(
      Object.entries((await store.loadThread(scope, id)).metadata).sort(),
      Object.entries(JSON.parse(text) as Record<string, unknown>).sort(),
    );
  },
  'concurrent patches of different keys are not lost': async ({ store, scope, thread }) => {
    const { id } = await thread({ metadata: { gone: 1 } });
    const keys = Array.from({ length: 8 }, (_, n) => `key ${String(n)}`);
    await Promise.all([
      ...keys.map(async (key) => store.patchThread(scope, id, { metadata: { [key]: key } })),
      store.patchThread(scope, id, { metadata: { gone: undefined } }),
    ]);
    const { metadata } = await store.loadThread(scope, id);
    assertSame(Object.keys(metadata).sort(), keys);
  },
  'a patch with a field that is undefined clears it': async ({ store, scope, thread }) => {
    const { id } = await thread({ title: 'old', allowed_image_domains: ['a.example'] });
    const patch = { title: undefined, allowed_image_domains: undefined };
    for (const found of [await store.patchThread(scope, id, patch), await store.loadThread(scope, id)]) {
      assert.equal(found.title, undefined);
      assert.equal(found.allowed_image_domains, undefined);
    }
  },
  'an empty patch changes nothing': async ({ store, scope, thread }) => {
    const created = await thread({ title: 'kept' });
    assertSame(await store.patchThread(scope, created.id, {}), created);
  },
  'a patch that contains other fields ignores them': async ({ store, scope, thread }) => {
    const created = await thread();
    const patch: ThreadPatch = newThread({ title: 'new', created_at: '1999-01-01T00:00:00Z' });
    assertSame(await store.patchThread(scope, created.id, patch), { ...created, title: 'new' });
  },
  'patching a thread that is not there is a NotFoundError': async ({ store, scope }) => {
    await assertNotFound(() => store.patchThread(scope, newId(), { title: 'x' }));
  },
  'deleting a thread that is not there is a NotFoundError, the second time too': async (kit) => {
    const { id } = await kit.thread();
    await kit.store.deleteThread(kit.scope, id);
    await assertNotFound(() => kit.store.deleteThread(kit.scope, id));
    await assertNotFound(() => kit.store.deleteThread(kit.scope, newId()));
  },
  'a deleted thread is gone for every method': async ({ store, scope, thread, item, save }) => {
    const { id } = await thread();
    const saved = await item(id);
    await store.deleteThread(scope, id);
    const run = { id: newId(), thread_id: id, instance: 'p1', started_at: saved.created_at };
    await assertNotFound(() => store.loadThread(scope, id));
    await assertNotFound(() => store.patchThread(scope, id, { title: 'x' }));
    await assertNotFound(() => store.loadItem(scope, id, saved.id));
    await assertNotFound(() => save(saved));
    await assertNotFound(() => save(saved, 1));
    await assertNotFound(() => store.deleteItem(scope, id, saved.id));
    await assertNotFound(() => store.listItems(scope, id, { limit: 1, order: 'asc' }));
    await assertNotFound(() => store.openRun(scope, run));
  },
  'deleting a thread leaves the others and their items': async ({ store, scope, thread, item }) => {
    const [kept, doomed] = [await thread(), await thread()];
    const saved = await item(kept.id);
    await item(doomed.id);
    await store.deleteThread(scope, doomed.id);
    assertSame((await store.loadItem(scope, kept.id, saved.id)).item, saved);
  },
  'changing a given or returned object changes no stored thread': async ({ store, scope }) => {
    const given = newThread({ metadata: { list: ['a'] } });
    await store.createThread(scope, given);
    given.metadata['list'] = ['changed'];
    const patch = { metadata: { list: ['b'] } };
    const returned = await store.patchThread(scope, given.id, patch);
    patch.metadata.list.push('changed');
    returned.metadata['list'] = ['changed'];
    const loaded = await store.loadThread(scope, given.id);
    assertSame(loaded.metadata, { list: ['b'] });
    loaded.metadata['list'] = ['changed'];
    const { data } = await store.listThreads(scope, { limit: 1, order: 'asc' });
    assertSame(data[0]?.metadata, { list: ['b'] });
  },
};
