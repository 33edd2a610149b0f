import { saveThreadChanges, ThreadWatch } from '../../src/pipeline';
import type { ThreadMetadata } from '../../src/protocol';
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

  it('sees a reason alone', () => {
    const watched: ThreadMetadata = { ...thread(), status: { type: 'locked', reason: 'a' } };
    const watch = new ThreadWatch(watched);
    watched.status = { type: 'locked', reason: 'b' };
    expect(watch.changes()).toEqual({ status: { type: 'locked', reason: 'b' } });
  });
});

describe('saveThreadChanges', () => {
  it('saves the changed fields only, so that a rename by somebody else survives', async () => {
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
