import assert from 'node:assert/strict';

import { type Rules } from './contract-case';
import { assertNotFound, HARD_TEXT, isDone, newId, assertSame, TWINS } from './kit';

export const valueRules: Rules = {
  'values of every JSON type come back, with version 1': async ({ store, scope }) => {
    for (const value of [null, 0, -1.5, '', HARD_TEXT, true, [], {}, { a: [null, { b: HARD_TEXT }] }]) {
      const key = newId();
      assert.equal(await store.putValue(scope, key, value), 1);
      assertSame(await store.getValue(scope, key), { value, version: 1 });
    }
  },
  'a key may be any text': async ({ store, scope }) => {
    for (const key of ['', ' ', '日本語 👩‍👧', '__proto__', 'constructor', "'; --", 'x'.repeat(2000)]) {
      assert.equal(await store.getValue(scope, key), undefined);
      await store.putValue(scope, key, key);
      assertSame(await store.getValue(scope, key), { value: key, version: 1 });
    }
  },
  'keys that differ only in a lone surrogate or after a NUL are refused or kept apart': async (kit) => {
    const { store, scope } = kit;
    for (const [one, other] of TWINS) {
      const key = newId();
      const isKept = await isDone(() => store.putValue(scope, key + one, 'one'));
      const isOtherKept = await isDone(() => store.putValue(scope, key + other, 'other', { ifVersion: 0 }));
      if (isKept) assertSame(await store.getValue(scope, key + one), { value: 'one', version: 1 });
      if (isOtherKept) assertSame(await store.getValue(scope, key + other), { value: 'other', version: 1 });
    }
  },
  'a value that has no JSON text is a TypeError': async ({ store, scope }) => {
    const key = newId();
    await assert.rejects(async () => store.putValue(scope, key, undefined), TypeError);
    assert.equal(await store.getValue(scope, key), undefined);
  },
  'each put makes the version grow by 1': async ({ store, scope }) => {
    const key = newId();
    assert.equal(await store.putValue(scope, key, 'a'), 1);
    assert.equal(await store.putValue(scope, key, 'b'), 2);
    assert.equal(await store.putValue(scope, key, 'c', { ifVersion: 2 }), 3);
    assertSame(await store.getValue(scope, key), { value: 'c', version: 3 });
  },
  'a put with another ifVersion changes nothing': async ({ store, scope }) => {
    const key = newId();
    assert.equal(await store.putValue(scope, key, 'early', { ifVersion: 1 }), undefined);
    assert.equal(await store.getValue(scope, key), undefined);
    assert.equal(await store.putValue(scope, key, 'first', { ifVersion: 0 }), 1);
    for (const ifVersion of [0, 2]) {
      assert.equal(await store.putValue(scope, key, 'lost', { ifVersion }), undefined);
    }
    assertSame(await store.getValue(scope, key), { value: 'first', version: 1 });
  },
  'of concurrent puts with the same ifVersion exactly one wins': async ({ store, scope }) => {
    const key = newId();
    for (const ifVersion of [0, 1]) {
      const puts = Array.from({ length: 8 }, async (_, index) =>
        store.putValue(scope, key, index, { ifVersion }),
      );
      const versions = await Promise.all(puts);
      const winners = versions.flatMap((version, index) => (version === undefined ? [] : [index]));
      assert.equal(winners.length, 1);
      assertSame(await store.getValue(scope, key), { value: winners[0], version: ifVersion + 1 });
    }
  },
  'a value can be read until it expires': async ({ store, scope }) => {
    const [past, future] = [newId(), newId()];
    await store.putValue(scope, past, 'x', { expiresAt: Date.now() - 1 });
    await store.putValue(scope, future, 'x', { expiresAt: Date.now() + 3_600_000 });
    assert.equal(await store.getValue(scope, past), undefined);
    assertSame(await store.getValue(scope, future), { value: 'x', version: 1 });
  },
  'an expired value counts as missing: ifVersion 0 matches, its version does not': async ({
    store,
    scope,
  }) => {
    const key = newId();
    const expired = { expiresAt: Date.now() - 1 };
    await store.putValue(scope, key, 'a', expired);
    assert.equal(await store.putValue(scope, key, 'b', { ifVersion: 1 }), undefined);
    assert.equal(await store.putValue(scope, key, 'c', { ifVersion: 0, ...expired }), 1);
    assert.equal(await store.putValue(scope, key, 'd'), 1);
    assertSame(await store.getValue(scope, key), { value: 'd', version: 1 });
  },
  'each put replaces the expiry': async ({ store, scope }) => {
    const key = newId();
    await store.putValue(scope, key, 'a', { expiresAt: Date.now() + 3_600_000 });
    await store.putValue(scope, key, 'b', { ifVersion: 1, expiresAt: Date.now() - 1 });
    assert.equal(await store.getValue(scope, key), undefined);
    await store.putValue(scope, key, 'c', { ifVersion: 0 });
    await store.admin?.cleanUpValues(Date.now());
    assertSame(await store.getValue(scope, key), { value: 'c', version: 1 });
  },
  'a value of a thread is deleted with it, and no other is': async ({ store, scope, thread }) => {
    const [doomed, kept] = [(await thread()).id, (await thread()).id];
    const [first, second, changed, ofOther, ofNone] = [newId(), newId(), newId(), newId(), newId()];
    await store.putValue(scope, first, 'a', { threadId: doomed, expiresAt: Date.now() + 3_600_000 });
    await store.putValue(scope, second, 'a', { ifVersion: 0 });
    await store.putValue(scope, second, 'b', { ifVersion: 1, threadId: doomed });
    await store.putValue(scope, changed, 'a', { ifVersion: 0, threadId: doomed });
    await store.putValue(scope, changed, 'b'); // from now on it belongs to no thread
    await store.putValue(scope, ofOther, 'a', { threadId: kept });
    await store.putValue(scope, ofNone, 'a');
    assertSame(await store.getValue(scope, second), { value: 'b', version: 2 });
    await store.deleteThread(scope, doomed);
    for (const key of [first, second]) assert.equal(await store.getValue(scope, key), undefined);
    for (const key of [changed, ofOther, ofNone])
      assert.notEqual(await store.getValue(scope, key), undefined);
    assert.equal(await store.putValue(scope, first, 'again', { ifVersion: 0 }), 1);
  },
  'a value of a thread that is not there, or is another owner’s, is a NotFoundError': async (kit) => {
    const { store, scope, stranger } = kit;
    const [here, deleted] = [(await kit.thread()).id, (await kit.thread()).id];
    const key = newId();
    await store.deleteThread(scope, deleted);
    for (const [owner, threadId] of [
      [scope, deleted],
      [scope, newId()],
      [stranger, here],
    ] as const) {
      for (const ifVersion of [undefined, 0, 1]) {
        await assertNotFound(() => store.putValue(owner, key, 'x', { ifVersion, threadId }));
      }
      assert.equal(await store.getValue(owner, key), undefined);
    }
  },
  'a thread that is deleted while values are put leaves no values': async ({ store, scope, thread }) => {
    const threadId = (await thread()).id;
    const keys = Array.from({ length: 8 }, newId);
    const put = async (key: string): Promise<unknown> => store.putValue(scope, key, 'x', { threadId });
    const some = keys.slice(0, 4).map(put);
    const deleted = (async () => store.deleteThread(scope, threadId))();
    await Promise.allSettled([...some, deleted, ...keys.slice(4).map(put)]);
    await deleted;
    for (const key of keys) assert.equal(await store.getValue(scope, key), undefined);
  },
  'a deleted value is gone, and deleting it again is no error': async ({ store, scope }) => {
    const key = newId();
    await store.putValue(scope, key, 'a');
    await store.putValue(scope, key, 'b');
    await store.deleteValue(scope, key);
    await store.deleteValue(scope, key);
    assert.equal(await store.getValue(scope, key), undefined);
    assert.equal(await store.putValue(scope, key, 'c', { ifVersion: 0 }), 1);
  },
  'changing a given or returned object changes no stored value': async ({ store, scope }) => {
    const key = newId();
    const given = { list: ['a'] };
    await store.putValue(scope, key, given);
    given.list.push('changed');
    Object.assign((await store.getValue(scope, key))?.value ?? {}, { list: 'changed' });
    assertSame((await store.getValue(scope, key))?.value, { list: ['a'] });
  },
};
