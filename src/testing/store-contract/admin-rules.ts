import assert from 'node:assert/strict';

import { type FileAttachment } from '../../protocol';
import { type StoreAdmin } from '../../store';
import { type Rules } from './contract-case';
import { assertNotFound, everyEntry, idsByPage, newId, newThread, type Kit, assertSame } from './kit';

export const adminRules: Rules = {
  'migrating again changes nothing': async ({ store, scope, thread }) => {
    const created = await thread();
    await store.admin?.migrate();
    assertSame(await store.loadThread(scope, created.id), created);
  },
  'cleaning up deletes expired values, and nothing else': async ({ store, scope, stranger }) => {
    const [past, future, lasting] = [newId(), newId(), newId()];
    const now = Date.now();
    await store.putValue(scope, past, 'x', { expiresAt: now - 1000 });
    await store.putValue(stranger, past, 'x', { expiresAt: now });
    await store.putValue(scope, future, 'x', { expiresAt: now + 3_600_000 });
    await store.putValue(scope, lasting, 'x');
    const removed = (await store.admin?.cleanUpValues(now)) ?? 2;
    assert(removed >= 2, `${String(removed)} cleaned up`); // more if other code uses the store
    assert.notEqual(await store.getValue(scope, future), undefined);
    assert.notEqual(await store.getValue(scope, lasting), undefined);
  },
  'threads of all owners are listed by insertion, each with its owner': async (kit) => {
    const { admin } = kit.store;
    if (admin === undefined) return;
    const created = await threadsOfTwoOwners(kit);
    for (const order of ['asc', 'desc'] as const) {
      const all = await everyThread(admin, order);
      const found = all.filter(({ id }) => created.some((thread) => thread.id === id));
      assertSame(found, order === 'asc' ? created : created.toReversed());
    }
  },
  'the list of all threads has valid cursors, deleted or not': async (kit) => {
    const { admin } = kit.store;
    if (admin === undefined) return;
    const [first, second] = await threadsOfTwoOwners(kit);
    assert(first !== undefined && second !== undefined);
    await kit.store.deleteThread(kit.scope, first.id);
    const page = await admin.listThreads({ limit: 1, order: 'asc', after: first.id });
    assertSame(page.data, [second]);
    await assertNotFound(() => admin.listThreads({ limit: 1, order: 'asc', after: newId() }));
  },
  'attachments that no message carries are listed by age, each with its owner': async (kit) => {
    const { store, scope, stranger } = kit;
    const { admin } = store;
    if (admin === undefined) return;
    const [first, sent, second] = [newFile(), newFile(), newFile()];
    await store.saveAttachment(scope, first);
    await store.saveAttachment(scope, sent);
    await store.saveAttachment(stranger, second);
    const listed = async (before: number) => {
      const ids = [first.id, sent.id, second.id];
      const all = await everyEntry((after) => admin.listUnsentAttachments(before, { limit: 100, after }));
      return all.filter(({ id }) => ids.includes(id));
    };
    const past = Date.now() - 3_600_000;
    await store.saveAttachment(scope, { ...sent, thread_id: newId() });
    await store.saveAttachment(scope, { ...first, name: 'b.txt' }); // a second save does not change its age
    assertSame(await listed(past), []);
    assertSame(await listed(Date.now() + 1000), [
      { ...first, name: 'b.txt', owner: scope.owner },
      { ...second, owner: stranger.owner },
    ]);
    await store.deleteAttachment(scope, first.id);
    assertSame(await listed(Date.now() + 1000), [{ ...second, owner: stranger.owner }]);
  },
  'attachments that no message carries come in batches, each once, even if deleted meanwhile': async ({
    store,
    scope,
  }) => {
    const { admin } = store;
    if (admin === undefined) return;
    const files = Array.from({ length: 6 }, () => newFile());
    for (const file of files) await store.saveAttachment(scope, file);
    const own = files.map(({ id }) => id);
    const seen = await everyEntry(async (after) => {
      const batch = await admin.listUnsentAttachments(Date.now() + 1000, { limit: 2, after });
      assert(batch.data.length <= 2, `${String(batch.data.length)} in a batch of 2`);
      for (const [index, { id }] of batch.data.filter((file) => own.includes(file.id)).entries()) {
        if (index === 0) await store.deleteAttachment(scope, id);
        else await store.patchAttachment(scope, id, { thread_id: newId() });
      }
      return batch;
    });
    assertSame(
      seen.map(({ id }) => id).filter((id) => own.includes(id)),
      own,
    );
  },
};

function newFile(): FileAttachment {
  return { type: 'file', id: newId(), name: 'a.txt', mime_type: 'text/plain' };
}

async function threadsOfTwoOwners({ store, scope, stranger }: Kit) {
  const threads = [];
  for (const owner of [scope, stranger, scope]) {
    const thread = newThread({ title: 'one of three' });
    await store.createThread(owner, thread);
    threads.push({ ...thread, owner: owner.owner });
  }
  return threads;
}

async function everyThread(admin: StoreAdmin, order: 'asc' | 'desc') {
  const all: { id: string; owner: string }[] = [];
  await idsByPage(async (after) => {
    const page = await admin.listThreads({ limit: 2, order, after });
    all.push(...page.data);
    return page;
  });
  return all;
}
