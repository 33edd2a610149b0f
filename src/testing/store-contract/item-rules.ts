import assert from 'node:assert/strict';

import { type Rules } from './contract-case';
import { assertConflict, assertNotFound, HARD_TEXT, isDone, newId, newItem, assertSame, TWINS } from './kit';

export const itemRules: Rules = {
  'an item comes back as it was saved, with version 1': async ({ store, scope, thread, item }) => {
    const { id } = await thread();
    const saved = await item(id, { copy_text: HARD_TEXT });
    assertSame(await store.loadItem(scope, id, saved.id), { item: saved, version: 1 });
  },
  'a megabyte of text comes back whole': async ({ store, scope, thread, item }) => {
    const { id } = await thread();
    const saved = await item(id, { copy_text: 'длинный 😀 '.repeat(100_000) });
    assertSame((await store.loadItem(scope, id, saved.id)).item, saved);
  },
  'nulls and empty values inside an item are kept': async ({ store, scope, thread, save }) => {
    const { id } = await thread();
    const content = { nothing: null, empty: '', list: [], object: {}, zero: 0, no: false, '': [null] };
    const hidden = {
      type: 'hidden_context_item',
      id: newId(),
      thread_id: id,
      created_at: '',
      content,
    } as const;
    await save(hidden);
    assertSame((await store.loadItem(scope, id, hidden.id)).item, hidden);
  },
  'loading an item is a NotFoundError without the thread and without the item': async (kit) => {
    const { store, scope } = kit;
    const [here, there] = [await kit.thread(), await kit.thread()];
    const saved = await kit.item(here.id);
    await assertNotFound(() => store.loadItem(scope, here.id, newId()));
    await assertNotFound(() => store.loadItem(scope, newId(), saved.id));
    await assertNotFound(() => store.loadItem(scope, there.id, saved.id));
  },
  'saving an item again replaces it in its place, and its version grows by 1': async (kit) => {
    const { store, scope } = kit;
    const { id } = await kit.thread();
    const [first, second] = [await kit.item(id), await kit.item(id)];
    const changed = { ...first, copy_text: 'changed' };
    assert.equal(await kit.save(changed), 2);
    assert.equal(await kit.save(changed), 3);
    assertSame(await store.loadItem(scope, id, first.id), { item: changed, version: 3 });
    const { data } = await store.listItems(scope, id, { limit: 5, order: 'asc' });
    assertSame(data, [changed, second]);
  },
  'a store with writesInOrder makes writes in the order of the calls': async ({
    store,
    scope,
    thread,
    item,
    save,
  }) => {
    if (store.writesInOrder !== true) return;
    const { id } = await thread();
    const first = await item(id);
    const [second, third] = [newItem(id), newItem(id)];
    const versions = await Promise.all([
      save({ ...first, copy_text: 'again' }),
      save(second),
      save({ ...first, copy_text: 'last' }),
      save(third),
    ]);
    assertSame(versions, [2, 1, 3, 1]);
    const { data } = await store.listItems(scope, id, { limit: 5, order: 'asc' });
    assertSame(data, [{ ...first, copy_text: 'last' }, second, third]);
  },
  'saving an item may change its type': async ({ store, scope, thread, item, save }) => {
    const { id } = await thread();
    const saved = await item(id);
    await save({ type: 'end_of_turn', id: saved.id, thread_id: id, created_at: saved.created_at });
    const options = { limit: 5, order: 'asc' } as const;
    const widgets = await store.listItems(scope, id, { ...options, types: ['widget'] });
    const ends = await store.listItems(scope, id, { ...options, types: ['end_of_turn'] });
    assertSame([widgets.data.length, ends.data.length], [0, 1]);
  },
  'items whose ids differ only in a lone surrogate or after a NUL are refused or kept apart': async (kit) => {
    const { store, scope, save } = kit;
    for (const twins of TWINS) {
      const { id } = await kit.thread();
      const prefix = newId();
      const kept = [];
      for (const twin of twins) {
        const item = newItem(id, { id: prefix + twin, copy_text: JSON.stringify(twin) });
        if (await isDone(() => save(item))) kept.push(item);
      }
      for (const item of kept) assertSame(await store.loadItem(scope, id, item.id), { item, version: 1 });
      const page = await store.listItems(scope, id, { limit: 1, order: 'asc' });
      assertSame(page.data, kept.slice(0, 1));
      if (page.has_more) assert.equal(page.after, kept[0]?.id);
    }
  },
  'saving into a thread that is not there is a NotFoundError': async ({ save }) => {
    await assertNotFound(() => save(newItem(newId())));
    await assertNotFound(() => save(newItem(newId()), 0));
    await assertNotFound(() => save(newItem(newId()), 1));
  },
  'ifVersion saves on the stored version only': async ({ store, scope, thread, item, save }) => {
    const { id } = await thread();
    const saved = await item(id);
    assert.equal(await save({ ...saved, copy_text: 'two' }, 1), 2);
    await assertConflict(() => save({ ...saved, copy_text: 'late' }, 1));
    await assertConflict(() => save({ ...saved, copy_text: 'early' }, 3));
    const found = await store.loadItem(scope, id, saved.id);
    assertSame(found, { item: { ...saved, copy_text: 'two' }, version: 2 });
  },
  'ifVersion 0 saves only an item that is not there': async ({ store, scope, thread, save }) => {
    const { id } = await thread();
    const item = newItem(id);
    assert.equal(await save(item, 0), 1);
    await assertConflict(() => save({ ...item, copy_text: 'again' }, 0));
    assertSame(await store.loadItem(scope, id, item.id), { item, version: 1 });
  },
  'ifVersion of an item that is not there is a ConflictError': async ({ store, scope, thread, save }) => {
    const { id } = await thread();
    const item = newItem(id);
    await assertConflict(() => save(item, 1));
    await assertNotFound(() => store.loadItem(scope, id, item.id));
  },
  'of concurrent saves with the same ifVersion exactly one wins': async ({ thread, item, save }) => {
    const saved = await item((await thread()).id);
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => save(saved, 1)));
    const won = results.filter(({ status }) => status === 'fulfilled');
    assertSame(won, [{ status: 'fulfilled', value: 2 }]);
  },
  'item ids are unique within their thread only': async ({ store, scope, thread, item, save }) => {
    const [here, there] = [await thread(), await thread()];
    const saved = await item(here.id);
    const twin = { ...saved, thread_id: there.id, copy_text: 'twin' };
    await assertConflict(() => save(twin, 1));
    assert.equal(await save(twin, 0), 1);
    assert.equal(await save(twin), 2);
    assertSame(await store.loadItem(scope, here.id, saved.id), { item: saved, version: 1 });
    assertSame(await store.loadItem(scope, there.id, saved.id), { item: twin, version: 2 });
    const after = await item(here.id);
    const options = { limit: 5, order: 'asc', after: saved.id } as const;
    assertSame((await store.listItems(scope, here.id, options)).data, [after]);
    assertSame((await store.listItems(scope, there.id, options)).data, []);
    await store.deleteItem(scope, here.id, saved.id);
    await assertNotFound(() => store.loadItem(scope, here.id, saved.id));
    assertSame(await store.loadItem(scope, there.id, saved.id), { item: twin, version: 2 });
    await store.deleteThread(scope, here.id);
    assertSame((await store.listItems(scope, there.id, { limit: 5, order: 'asc' })).data, [twin]);
  },
  'a deleted item is gone, and deleting it again is no error': async ({ store, scope, thread, item }) => {
    const { id } = await thread();
    const [kept, doomed] = [await item(id), await item(id)];
    await store.deleteItem(scope, id, doomed.id);
    await store.deleteItem(scope, id, doomed.id);
    await store.deleteItem(scope, id, newId());
    await assertNotFound(() => store.loadItem(scope, id, doomed.id));
    assertSame((await store.listItems(scope, id, { limit: 5, order: 'desc' })).data, [kept]);
  },
  'deleting an item of another thread deletes nothing': async ({ store, scope, thread, item }) => {
    const [here, there] = [await thread(), await thread()];
    const saved = await item(here.id);
    await store.deleteItem(scope, there.id, saved.id);
    assertSame((await store.loadItem(scope, here.id, saved.id)).item, saved);
  },
  'deleting an item of a thread that is not there is a NotFoundError': async ({ store, scope }) => {
    await assertNotFound(() => store.deleteItem(scope, newId(), newId()));
  },
  'a deleted item that is saved again is new: at the end, with version 1': async (kit) => {
    const { store, scope } = kit;
    const { id } = await kit.thread();
    const [first, second] = [await kit.item(id), await kit.item(id)];
    await kit.save(first);
    await store.deleteItem(scope, id, first.id);
    await assertConflict(() => kit.save(first, 2));
    assert.equal(await kit.save(first, 0), 1);
    assertSame((await store.listItems(scope, id, { limit: 5, order: 'asc' })).data, [second, first]);
    await store.deleteItem(scope, id, second.id);
    assert.equal(await kit.save(second), 1);
    assertSame((await store.listItems(scope, id, { limit: 5, order: 'asc' })).data, [first, second]);
  },
  'changing a given or returned object changes no stored item': async ({ store, scope, thread, save }) => {
    const { id } = await thread();
    const given = newItem(id, { copy_text: 'original' });
    await save(given);
    given.copy_text = 'changed';
    const loaded = (await store.loadItem(scope, id, given.id)).item;
    const listed = (await store.listItems(scope, id, { limit: 1, order: 'asc' })).data[0];
    Object.assign(loaded, { copy_text: 'changed' });
    Object.assign(listed ?? {}, { copy_text: 'changed' });
    const { item } = await store.loadItem(scope, id, given.id);
    assertSame(item, { ...given, copy_text: 'original' });
  },
};
