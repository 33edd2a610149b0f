import assert from 'node:assert/strict';

import { type Rules } from './contract-case';
import { HARD_TEXT, isDone, newId, assertSame, TWINS } from './kit';

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
  'keys that differ only in half a character or behind a NUL are refused or kept apart': async (kit) => {
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
  'of puts with the same ifVersion at once exactly one wins': async ({ store, scope }) => {
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
  'a value is there until it expires': async ({ store, scope }) => {
    const [past, future] = [newId(), newId()];
    await store.putValue(scope, past, 'x', { expiresAt: Date.now() - 1 });
    await store.putValue(scope, future, 'x', { expiresAt: Date.now() + 3_600_000 });
    assert.equal(await store.getValue(scope, past), undefined);
    assertSame(await store.getValue(scope, future), { value: 'x', version: 1 });
  },
  'an expired value counts as none: ifVersion 0 matches, its version does not': async ({ store, scope }) => {
    const key = newId();
    const expired = { expiresAt: Date.now() - 1 };
    await store.putValue(scope, key, 'a', expired);
    assert.equal(await store.putValue(scope, key, 'b', { ifVersion: 1 }), undefined);
    assert.equal(await store.putValue(scope, key, 'c', { ifVersion: 0, ...expired }), 1);
    assert.equal(await store.putValue(scope, key, 'd'), 1);
    assertSame(await store.getValue(scope, key), { value: 'd', version: 1 });
  },
  'each put sets the expiry anew': async ({ store, scope }) => {
    const key = newId();
    await store.putValue(scope, key, 'a', { expiresAt: Date.now() + 3_600_000 });
    await store.putValue(scope, key, 'b', { ifVersion: 1, expiresAt: Date.now() - 1 });
    assert.equal(await store.getValue(scope, key), undefined);
    await store.putValue(scope, key, 'c', { ifVersion: 0 });
    await store.admin?.cleanUpValues(Date.now());
    assertSame(await store.getValue(scope, key), { value: 'c', version: 1 });
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
  'changing an object that was given or returned changes no value': async ({ store, scope }) => {
    const key = newId();
    const given = { list: ['a'] };
    await store.putValue(scope, key, given);
    given.list.push('changed');
    Object.assign((await store.getValue(scope, key))?.value ?? {}, { list: 'changed' });
    assertSame((await store.getValue(scope, key))?.value, { list: ['a'] });
  },
};
