import { type Attachment } from '../../protocol';
import { type Awaitable } from '../../store';
import { type Rules } from './contract-case';
import { assertSame, CREATED_AT, everyEntry, newId, newItem, newThread } from './kit';

/** Callers may change their objects while a store waits for a lock or a connection. */
export const givenRules: Rules = {
  'a new thread is kept as it was given, even if its object changes meanwhile': async ({ store, scope }) => {
    const thread = newThread({ title: 'given', metadata: { list: ['given'] } });
    const expected = structuredClone(thread);
    await thenSpoil(() => store.createThread(scope, thread), thread);
    assertSame(await store.loadThread(scope, expected.id), expected);
  },
  'a patch is made as it was given, even if its object changes meanwhile': async (kit) => {
    const { store, scope } = kit;
    const { id } = await kit.thread({ title: 'old', metadata: { kept: 1, cleared: 1 } });
    const patch = {
      title: undefined,
      status: { type: 'locked' as const, reason: 'given' },
      metadata: { deep: { list: ['given'] }, cleared: undefined },
    };
    await thenSpoil(() => store.patchThread(scope, id, patch), patch);
    const { title, status, metadata } = await store.loadThread(scope, id);
    assertSame(
      { title, status, metadata },
      { status: { type: 'locked', reason: 'given' }, metadata: { kept: 1, deep: { list: ['given'] } } },
    );
  },
  'an item is saved as it was given, even if its object changes meanwhile': async (kit) => {
    const { store, scope } = kit;
    const { id } = await kit.thread();
    const item = newItem(id, { copy_text: 'given' });
    const expected = structuredClone(item);
    const options = { ifVersion: 0 };
    await thenSpoil(() => store.saveItem(scope, item, JSON.stringify(item), options), item, options);
    assertSame(await store.loadItem(scope, id, expected.id), { item: expected, version: 1 });
  },
  'an attachment is saved as it was given, even if its object changes meanwhile': async (kit) => {
    const { store, scope } = kit;
    const attachment: Attachment = { type: 'file', id: newId(), name: 'given', mime_type: 'text/plain' };
    const expected = structuredClone(attachment);
    await thenSpoil(() => store.saveAttachment(scope, attachment), attachment);
    assertSame(await store.loadAttachment(scope, expected.id), expected);
  },
  'a patch of an attachment is made as it was given, even if its object changes meanwhile': async (kit) => {
    const { store, scope } = kit;
    const attachment: Attachment = { type: 'file', id: newId(), name: 'a', mime_type: 'text/plain' };
    await store.saveAttachment(scope, attachment);
    const patch = { thread_id: 'given', metadata: { list: ['given'] } };
    const expected = { ...attachment, ...structuredClone(patch) };
    await thenSpoil(() => store.patchAttachment(scope, attachment.id, patch), patch);
    assertSame(await store.loadAttachment(scope, attachment.id), expected);
  },
  'a run is recorded as it was given, even if its object changes meanwhile': async (kit) => {
    const { store, scope } = kit;
    const { id } = await kit.thread();
    const run = { id: newId(), thread_id: id, instance: 'given', started_at: CREATED_AT };
    const expected = { ...run, owner: scope.owner };
    await thenSpoil(() => store.openRun(scope, run), run);
    const { admin } = store;
    const runs = admin && (await everyEntry((after) => admin.listOpenRuns({ limit: 100, after })));
    assertSame(
      (runs ?? [expected]).filter((each) => each.id === expected.id),
      [expected],
    );
  },
  'a value is put as it was given, even if its object changes meanwhile': async ({ store, scope }) => {
    const key = newId();
    const value = { list: [{ a: 'given' }] };
    const options = { ifVersion: 0, expiresAt: Date.now() + 3_600_000 };
    await thenSpoil(() => store.putValue(scope, key, value, options), value, options);
    assertSame(await store.getValue(scope, key), { value: { list: [{ a: 'given' }] }, version: 1 });
  },
};

/** Changes everything in the arguments of a call as soon as the call has returned. */
async function thenSpoil(call: () => Awaitable<unknown>, ...given: object[]): Promise<void> {
  const done = call();
  given.forEach(spoil);
  await done;
}

function spoil(given: object): void {
  for (const [key, value] of Object.entries(given) as [string, unknown][]) {
    if (typeof value === 'object' && value !== null) spoil(value);
    else Object.assign(given, { [key]: typeof value === 'number' ? -value : 'spoiled' });
  }
}
