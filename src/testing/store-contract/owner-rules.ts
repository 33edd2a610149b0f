import assert from 'node:assert/strict';

import { type Rules } from './contract-case';
import { assertNotFound, assertSame, isDone, newId, newThread, TWINS } from './kit';

const FIRST = { limit: 5, order: 'asc' } as const;

export const ownerRules: Rules = {
  "another owner's thread is not found by any method": async ({ store, scope, stranger, thread, item }) => {
    const created = await thread({ title: 'mine' });
    const saved = await item(created.id);
    const { id } = created;
    const text = JSON.stringify(saved);
    const run = { id: newId(), thread_id: id, instance: 'p1', started_at: saved.created_at };
    await assertNotFound(() => store.loadThread(stranger, id));
    await assertNotFound(() => store.patchThread(stranger, id, { title: 'stolen' }));
    await assertNotFound(() => store.deleteThread(stranger, id));
    await assertNotFound(() => store.listThreads(stranger, { ...FIRST, after: id }));
    await assertNotFound(() => store.loadItem(stranger, id, saved.id));
    await assertNotFound(() => store.saveItem(stranger, saved, text));
    await assertNotFound(() => store.saveItem(stranger, saved, text, { ifVersion: 1 }));
    await assertNotFound(() => store.deleteItem(stranger, id, saved.id));
    await assertNotFound(() => store.listItems(stranger, id, FIRST));
    await assertNotFound(() => store.listItems(stranger, id, { ...FIRST, after: saved.id }));
    await assertNotFound(() => store.openRun(stranger, run));
    assertSame(await store.loadThread(scope, id), created);
    assertSame(await store.loadItem(scope, id, saved.id), { item: saved, version: 1 });
  },
  'owners that differ only in a lone surrogate or after a NUL are refused or kept apart': async (kit) => {
    const { store, scope } = kit;
    for (const twins of TWINS) {
      const prefix = newId();
      for (const twin of twins) {
        const owner = { ...scope, owner: prefix + twin };
        const created = newThread();
        if (!(await isDone(() => store.createThread(owner, created)))) continue;
        assertSame(await store.listThreads(owner, FIRST), { data: [created], has_more: false });
        const all = await store.admin?.listThreads({ limit: 1, order: 'desc' });
        if (all?.data[0]?.id === created.id) assert.equal(all.data[0].owner, owner.owner);
      }
    }
  },
  "another owner's deleted thread is no cursor": async ({ store, scope, stranger, thread }) => {
    const { id } = await thread();
    await store.deleteThread(scope, id);
    await assertNotFound(() => store.listThreads(stranger, { ...FIRST, after: id }));
  },
  "saving an item with the same id does not affect another owner's item": async (kit) => {
    const { store, scope, stranger } = kit;
    const { id } = await kit.thread();
    const saved = await kit.item(id);
    const own = newThread();
    await store.createThread(stranger, own);
    await store.deleteItem(stranger, own.id, saved.id);
    await assertNotFound(() => store.loadItem(stranger, own.id, saved.id));
    await assertNotFound(() => store.listItems(stranger, own.id, { ...FIRST, after: saved.id }));
    const twin = { ...saved, thread_id: own.id, copy_text: 'twin' };
    assert.equal(await store.saveItem(stranger, twin, JSON.stringify(twin)), 1);
    assertSame(await store.loadItem(scope, id, saved.id), { item: saved, version: 1 });
    assertSame(await store.loadItem(stranger, own.id, saved.id), { item: twin, version: 1 });
    await assertNotFound(() => store.saveItem(stranger, saved, JSON.stringify(saved)));
  },
  "another owner's threads are in no list": async ({ store, stranger, thread }) => {
    await thread();
    assertSame(await store.listThreads(stranger, FIRST), { data: [], has_more: false });
  },
  "another owner's attachment is not found": async ({ store, scope, stranger }) => {
    const file = { type: 'file', id: newId(), name: 'a.txt', mime_type: 'text/plain' } as const;
    await store.saveAttachment(scope, file);
    await assertNotFound(() => store.loadAttachment(stranger, file.id));
    await assertNotFound(() => store.patchAttachment(stranger, file.id, { thread_id: 'stolen' }));
    await assertNotFound(() => store.deleteAttachment(stranger, file.id));
    assertSame(await store.loadAttachment(scope, file.id), file);
  },
  'the same key is another value for another owner': async ({ store, scope, stranger }) => {
    const key = newId();
    await store.putValue(scope, key, 'mine');
    assert.equal(await store.getValue(stranger, key), undefined);
    assert.equal(await store.putValue(stranger, key, 'theirs', { ifVersion: 1 }), undefined);
    assert.equal(await store.putValue(stranger, key, 'theirs', { ifVersion: 0 }), 1);
    await store.deleteValue(stranger, key);
    assertSame(await store.getValue(scope, key), { value: 'mine', version: 1 });
  },
};
