import { complete } from '../../src/pipeline/complete';
import type { ItemDraft } from '../../src/context';
import { assistantMessage, error } from '../../src/events';
import { makeContext, THREAD } from './harness';

describe('complete', () => {
  it('fills in id, thread and time, and leaves the draft as it is', () => {
    const draft = Object.freeze(assistantMessage('a'));
    const event = complete(draft, makeContext());
    expect(event).toMatchObject({
      item: {
        id: expect.stringMatching(/^msg_[0-9a-f]{32}$/),
        thread_id: THREAD.id,
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
    });
    expect(draft).toEqual(assistantMessage('a'));
  });

  it('keeps what a handler has filled in itself', () => {
    const item = {
      id: 'mine',
      thread_id: THREAD.id,
      created_at: '2020-01-01T00:00:00.000Z',
      type: 'end_of_turn' as const,
    };
    expect(complete({ type: 'thread.item.done', item }, makeContext())).toEqual({
      type: 'thread.item.done',
      item,
    });
  });

  it('gives each kind of item its own prefix', () => {
    const ctx = makeContext();
    const idOf = (item: ItemDraft): string => {
      const event = complete({ type: 'thread.item.done', item }, ctx);
      return 'item' in event ? event.item.id.split('_')[0]! : '';
    };
    expect([
      idOf({ type: 'task', task: { type: 'image' } }),
      idOf({ type: 'widget', widget: { type: 'Card' } }),
      idOf({ type: 'end_of_turn' }),
    ]).toEqual(['tsk', 'wgt', 'eot']);
  });

  it('never offers retry for an action', () => {
    const ctx = makeContext();
    expect(complete(error('x', { allowRetry: true }), ctx)).toMatchObject({ allow_retry: true });
    ctx.action = { type: 'a' };
    expect(complete(error('x', { allowRetry: true }), ctx)).toMatchObject({ allow_retry: false });
  });
});
