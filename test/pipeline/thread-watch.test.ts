import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { saveThreadChanges, ThreadWatch } from '../../src/pipeline';
import type { ThreadMetadata } from '../../src/protocol';
import type { ThreadPatch } from '../../src/store';
import { makeContext, THREAD } from './harness';

function thread(): ThreadMetadata {
  return structuredClone(THREAD);
}

describe('ThreadWatch', () => {
  it('sees nothing where nothing has changed', () => {
    expect(new ThreadWatch(thread()).changes()).toBeUndefined();
  });

  it.each<[string, (thread: ThreadMetadata) => void, object]>([
    ['a title', (t) => (t.title = 'New'), { title: 'New' }],
    ['an empty title', (t) => (t.title = ''), { title: '' }],
    ['a status', (t) => (t.status = { type: 'locked' }), { status: { type: 'locked' } }],
    ['a status in place', (t) => (t.status.type = 'closed'), { status: { type: 'closed' } }],
    ['metadata in place', (t) => (t.metadata['a'] = { b: 1 }), { metadata: { a: { b: 1 } } }],
    [
      'image domains',
      (t) => (t.allowed_image_domains = ['a.example']),
      { allowed_image_domains: ['a.example'] },
    ],
  ])('sees %s', (_, change, patch) => {
    const watched = thread();
    const watch = new ThreadWatch(watched);
    change(watched);
    expect(watch.changes()).toEqual(patch);
  });

  it('sees a title that was taken away', () => {
    const watched = { ...thread(), title: 'Old' as string | undefined };
    const watch = new ThreadWatch(watched);
    watched.title = undefined;
    expect(watch.changes()).toEqual({ title: undefined });
  });

  it('takes over what others have taken away, and does not bring it back', () => {
    const watched: ThreadMetadata = { ...thread(), metadata: { mine: 1, theirs: 2 } };
    const watch = new ThreadWatch(watched);
    watched.metadata['mine'] = 3;
    watch.accept({ ...thread(), metadata: { mine: 3 } });
    expect(watched.metadata).toEqual({ mine: 3 });
    expect(watch.changes()).toBeUndefined();
  });

  it('sees a reason alone', () => {
    const watched: ThreadMetadata = { ...thread(), status: { type: 'locked', reason: 'a' } };
    const watch = new ThreadWatch(watched);
    watched.status = { type: 'locked', reason: 'b' };
    expect(watch.changes()).toEqual({ status: { type: 'locked', reason: 'b' } });
  });
});

describe('a change', () => {
  it.each<[string, Partial<ThreadMetadata>, (thread: ThreadMetadata) => void, object | undefined]>([
    ['other order of keys', { metadata: { a: 1, b: 2 } }, (t) => (t.metadata = { b: 2, a: 1 }), undefined],
    [
      'other order of keys, deep',
      { metadata: { a: { x: [1], y: 2 } } },
      (t) => (t.metadata = { a: { y: 2, x: [1] } }),
      undefined,
    ],
    [
      'an empty reason',
      { status: { type: 'locked' } },
      (t) => (t.status = { type: 'locked', reason: '' }),
      { status: { type: 'locked', reason: '' } },
    ],
    ['a title of a null character', {}, (t) => (t.title = '\u0000'), { title: '\u0000' }],
    [
      'an undefined reason',
      { status: { type: 'locked' } },
      (t) => Object.assign(t.status, { reason: undefined }),
      undefined,
    ],
    ['a null title', {}, (t) => Object.assign(t, { title: null }), undefined],
    ['one key', { metadata: { a: 1, b: 2 } }, (t) => (t.metadata['b'] = 3), { metadata: { b: 3 } }],
    [
      'a key that goes',
      { metadata: { a: 1, b: 2 } },
      (t) => (t.metadata = { a: 1 }),
      { metadata: { b: undefined } },
    ],
    [
      'a value deep within',
      { metadata: { a: { b: [{ c: 1 }] } } },
      (t) => ((t.metadata['a'] as { b: { c: number }[] }).b[0]!.c = 2),
      { metadata: { a: { b: [{ c: 2 }] } } },
    ],
    [
      'a list that becomes shorter',
      { allowed_image_domains: ['a', 'b'] },
      (t) => t.allowed_image_domains?.pop(),
      { allowed_image_domains: ['a'] },
    ],
    [
      'metadata that is taken away',
      { metadata: { a: 1 } },
      (t) => Object.assign(t, { metadata: null }),
      { metadata: { a: undefined } },
    ],
    [
      'a list of one text and its text',
      { metadata: { a: ['b'] } },
      (t) => (t.metadata['a'] = 'b'),
      { metadata: { a: 'b' } },
    ],
  ])('%s', (_, before, change, patch) => {
    const watched = { ...thread(), ...before };
    const watch = new ThreadWatch(watched);
    change(watched);
    expect(watch.changes()).toEqual(patch);
    if (patch !== undefined)
      expect(Object.keys(watch.changes()?.metadata ?? {})).toEqual(
        Object.keys((patch as ThreadPatch).metadata ?? {}),
      );
  });

  it('is what differs by value, and leaves what others saved, whatever is done', () => {
    const json = fc.jsonValue({ maxDepth: 2 });
    const metadata = fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), json, {
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(metadata, metadata, metadata, (before, after, others) => {
        const ctx = makeContext();
        const { store } = ctx.services;
        ctx.thread = store.patchThread(ctx, THREAD.id, { metadata: before }) as ThreadMetadata;
        const watch = new ThreadWatch(ctx.thread);
        void store.patchThread(ctx, THREAD.id, { metadata: others });
        ctx.thread.metadata = JSON.parse(JSON.stringify(after)) as ThreadMetadata['metadata'];
        const saved = saveThreadChanges(watch, ctx);
        const stored = store.loadThread(ctx, THREAD.id) as ThreadMetadata;
        for (const key of ['a', 'b', 'c', '__proto__']) {
          const value = (record: object): unknown =>
            Object.hasOwn(record, key) ? (record as Record<string, unknown>)[key] : undefined;
          const changed = !isDeepStrictEqual(asJson(value(before)), asJson(value(after)));
          const expected = changed
            ? value(after)
            : Object.hasOwn(others, key)
              ? value(others)
              : value(before);
          expect(asJson(value(stored.metadata))).toEqual(asJson(expected));
          // Where nothing was changed, nothing was saved, and nothing is known of others.
          if (saved !== undefined) expect(asJson(value(ctx.thread.metadata))).toEqual(asJson(expected));
        }
        expect(watch.changes()).toBeUndefined();
      }),
    );
  });

  it('is noticed in what a handler holds on to, after a save too', async () => {
    const ctx = makeContext();
    const watch = new ThreadWatch(ctx.thread);
    const { metadata } = ctx.thread;
    const cart = { items: ['a'] };
    metadata['cart'] = cart;
    await saveThreadChanges(watch, ctx);
    cart.items.push('b');
    metadata['step'] = 2;
    await saveThreadChanges(watch, ctx);
    expect((await ctx.store.loadThread(THREAD.id)).metadata).toEqual({
      cart: { items: ['a', 'b'] },
      step: 2,
    });
  });
});

function asJson(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}

describe('saveThreadChanges', () => {
  it('saves the changed fields only, so that a rename by another request survives', async () => {
    const ctx = makeContext();
    const watch = new ThreadWatch(ctx.thread);
    await ctx.store.patchThread(THREAD.id, { title: 'By the user' });
    ctx.thread.metadata['step'] = 2;
    const saved = await saveThreadChanges(watch, ctx);
    expect(saved).toMatchObject({ title: 'By the user', metadata: { step: 2 } });
    expect(ctx.thread.title).toBe('By the user');
    expect(watch.changes()).toBeUndefined();
  });
});
