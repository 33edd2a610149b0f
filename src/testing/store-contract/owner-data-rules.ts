import assert from 'node:assert/strict';

import { type FileAttachment } from '../../protocol';
import { type Rules } from './contract-case';
import { assertIdTaken, assertNotFound, assertSame, everyEntry, newId } from './kit';

export const ownerDataRules: Rules = {
  "an owner's attachments are listed by their first saving, in batches, and no other's": async ({
    store,
    scope,
    stranger,
  }) => {
    const { admin } = store;
    if (admin === undefined) return;
    const [first, second, ...others] = [newFile(), newFile(), newFile(), newFile(), newFile()] as const;
    for (const file of [first, second, ...others]) await store.saveAttachment(scope, file);
    await store.saveAttachment(stranger, newFile());
    const sent = { ...second, thread_id: newId() };
    await store.saveAttachment(scope, sent);
    const listed = await everyEntry(async (after) => {
      const batch = await admin.listAttachments(scope.owner, { limit: 2, after });
      assert(batch.data.length <= 2, `${String(batch.data.length)} in a batch of 2`);
      return batch;
    });
    assertSame(listed, [first, sent, ...others]);
    assertSame((await admin.listAttachments(newId(), { limit: 2 })).data, []);
  },
  "an owner's values are listed in batches, each once, without those that have expired, and no other's":
    async ({ store, scope, stranger }) => {
      const { admin } = store;
      if (admin === undefined) return;
      const keys = ['', 'b', 'a', 'A', 'é', '日本', 'a/b'];
      for (const key of keys) await store.putValue(scope, key, { key });
      await store.putValue(scope, 'gone', 1, { expiresAt: Date.now() - 1000 });
      await store.putValue(scope, 'lasting', 1, { expiresAt: Date.now() + 3_600_000 });
      await store.putValue(stranger, 'other', 1);
      const listed = await everyEntry((after) => admin.listValues(scope.owner, { limit: 3, after }));
      const byKey = Object.fromEntries(listed.map(({ key, value }) => [key, value]));
      assertSame(byKey, { ...Object.fromEntries(keys.map((key) => [key, { key }])), lasting: 1 });
      assert.equal(listed.length, keys.length + 1);
    },
  'an owner that is forgotten has no attachments and values, and existing threads stay': async (kit) => {
    const { store, scope, stranger } = kit;
    const { admin } = store;
    if (admin === undefined) return;
    const [file, other] = [newFile(), newFile()];
    const kept = await kit.thread();
    const item = await kit.item(kept.id);
    await store.saveAttachment(scope, file);
    await store.saveAttachment(stranger, other);
    await store.putValue(scope, 'key', 1);
    await store.putValue(stranger, 'key', 2);
    await admin.forgetOwner(scope.owner);
    await assertNotFound(() => store.loadAttachment(scope, file.id));
    assert.equal(await store.getValue(scope, 'key'), undefined);
    assertSame((await store.loadItem(scope, kept.id, item.id)).item, item);
    assertSame(await store.loadAttachment(stranger, other.id), other);
    assertSame(await store.getValue(stranger, 'key'), { value: 2, version: 1 });
    await admin.forgetOwner(scope.owner); // again
    await store.saveAttachment(stranger, file); // its id is free
  },
  'the deleted threads of an owner that is forgotten have no owner, and their ids stay taken': async (
    kit,
  ) => {
    const { store, scope, stranger } = kit;
    const { admin } = store;
    if (admin === undefined) return;
    const deleted = await kit.thread();
    const next = await kit.thread();
    await store.deleteThread(scope, deleted.id);
    const after = { limit: 1, order: 'asc', after: deleted.id } as const;
    assertSame((await store.listThreads(scope, after)).data, [next]);
    await admin.forgetOwner(scope.owner);
    await assertNotFound(() => store.listThreads(scope, after)); // the owner is no longer known
    await assertIdTaken(() => store.createThread(stranger, deleted));
    await assertIdTaken(() => store.createThread(scope, deleted));
    const page = await admin.listThreads(after);
    assertSame(page.data, [{ ...next, owner: scope.owner }]);
  },
};

function newFile(): FileAttachment {
  return { type: 'file', id: newId(), name: 'a.txt', mime_type: 'text/plain' };
}
