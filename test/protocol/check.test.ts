import { checkEvent } from '../../src/protocol';

const base = { id: 'i', thread_id: 't', created_at: '2026-01-01T00:00:00Z' };

function done(item: Record<string, unknown>): { path: string; message: string }[] {
  return checkEvent({ type: 'thread.item.done', item: { ...base, ...item } });
}

describe('checkEvent', () => {
  it.each([
    { type: 'thread.item.removed', item_id: 'i' },
    { type: 'client_effect', name: 'n', data: { any: [null] } },
    { type: 'error', code: 'of.our.own', allow_retry: false },
    { type: 'thread.item.done', item: { ...base, type: 'end_of_turn' } },
    { type: 'thread.item.done', item: { ...base, type: 'hidden_context_item', content: null } },
    {
      type: 'thread.item.added',
      item: { ...base, type: 'widget', widget: { type: 'Any', prop: { free: 1 } } },
    },
  ])('finds nothing wrong with a good $type', (event) => {
    expect(checkEvent(event)).toEqual([]);
  });

  it('says which field is wrong, what is expected and what is there', () => {
    const content = [{ type: 'output_text', text: 5, annotations: [] }];
    expect(done({ type: 'assistant_message', content })).toEqual([
      { path: 'item.content.0.text', message: 'expected string, got number' },
    ]);
    expect(
      done({ type: 'client_tool_call', status: 'open', call_id: 'c', name: null, arguments: [] }),
    ).toEqual([
      { path: 'item.status', message: 'expected one of "pending", "completed", got "open"' },
      { path: 'item.name', message: 'expected string, got null' },
      { path: 'item.arguments', message: 'expected object, got array' },
    ]);
  });

  it('finds what is missing, drafts included', () => {
    expect(checkEvent({ type: 'thread.item.done', item: { type: 'end_of_turn' } })).toEqual([
      { path: 'item.id', message: 'is required' },
      { path: 'item.thread_id', message: 'is required' },
      { path: 'item.created_at', message: 'is required' },
    ]);
  });

  it('finds fields that the protocol does not know', () => {
    expect(checkEvent({ type: 'thread.item.removed', itemId: 'a' })).toEqual([
      { path: 'item_id', message: 'is required' },
      { path: 'itemId', message: 'is an unknown field' },
    ]);
    expect(done({ type: 'widget', widget: { type: 'Card' }, copyText: 'a' })).toEqual([
      { path: 'item.copyText', message: 'is an unknown field' },
    ]);
  });

  it('wants times in UTC', () => {
    expect(done({ type: 'end_of_turn', created_at: '2026-01-01T00:00:00' })).toEqual([
      { path: 'item.created_at', message: 'expected an ISO 8601 time in UTC, got "2026-01-01T00:00:00"' },
    ]);
    expect(done({ type: 'end_of_turn', created_at: new Date() })).toEqual([
      { path: 'item.created_at', message: 'expected string, got object' },
    ]);
  });

  it('wants a widget to be a component', () => {
    const message = 'expected a widget component (an object with a text `type`)';
    expect(done({ type: 'widget', widget: { children: [] } })).toEqual([
      { path: 'item.widget', message: `${message}, got object` },
    ]);
    expect(done({ type: 'widget', widget: '<Card/>' })[0]?.message).toBe(`${message}, got "<Card/>"`);
  });

  it('names the types that there are where one is unknown', () => {
    expect(checkEvent({ type: 'thread.item.shown' })[0]?.message).toMatch(
      /^expected one of "thread\.created", .*, got "thread\.item\.shown"$/,
    );
    expect(checkEvent({ type: 'thread.item.updated', item_id: 'i', update: { type: 'x' } })[0]?.path).toBe(
      'update.type',
    );
  });

  it('goes by the summary that fits best', () => {
    const workflow = { type: 'custom', tasks: [] };
    expect(done({ type: 'workflow', workflow: { ...workflow, summary: { duration: 1.5 } } })).toEqual([
      { path: 'item.workflow.summary.duration', message: 'expected a whole number, got 1.5' },
    ]);
    expect(done({ type: 'workflow', workflow: { ...workflow, summary: { title: 5 } } })).toEqual([
      { path: 'item.workflow.summary.title', message: 'expected string, got number' },
    ]);
  });

  it('wants indexes from 0', () => {
    const update = { type: 'workflow.task.added', task_index: -1, task: { type: 'image' } };
    expect(checkEvent({ type: 'thread.item.updated', item_id: 'i', update })).toEqual([
      { path: 'update.task_index', message: 'expected 0 or more, got -1' },
    ]);
  });

  it.each([[null], ['event'], [[]], [undefined]])('refuses %p as an event', (event) => {
    expect(checkEvent(event)).toHaveLength(1);
  });

  it('finds hidden items in a thread', () => {
    const thread = {
      id: 't',
      created_at: base.created_at,
      status: { type: 'active' },
      metadata: {},
      items: { data: [{ ...base, type: 'sdk_hidden_context', content: 'a' }], has_more: false },
    };
    expect(checkEvent({ type: 'thread.updated', thread })[0]?.path).toBe('thread.items.data.0.type');
  });
});
