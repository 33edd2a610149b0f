import {
  serialiseEvent,
  serialiseItem,
  writeEvent,
  type ThreadStreamEvent,
  type WidgetItem,
} from '../../src/protocol';

const widget: WidgetItem = {
  id: 'i',
  thread_id: 't',
  created_at: '2026-01-01T00:00:00.000Z',
  type: 'widget',
  widget: { type: 'Card' },
};

/** An event as JavaScript users write it. */
function event(fields: Record<string, unknown>): ThreadStreamEvent {
  return fields as unknown as ThreadStreamEvent;
}

describe('serialiseEvent', () => {
  it('puts the text of the item into the event as it is', () => {
    const text = '{"as":"it is"}';
    expect(writeEvent({ type: 'thread.item.done', item: widget }, text)).toBe(
      `{"type":"thread.item.done","item":${text}}`,
    );
  });

  it.each(['thread.item.added', 'thread.item.done', 'thread.item.replaced'] as const)(
    'writes the item of %s where no text is at hand',
    (type) => {
      expect(serialiseEvent({ type, item: widget })).toBe(
        `{"type":"${type}","item":${serialiseItem(widget)}}`,
      );
    },
  );

  it('leaves null fields out and keeps nulls in the data of an effect', () => {
    expect(
      JSON.parse(serialiseEvent(event({ type: 'notice', level: 'info', message: 'a', title: null }))),
    ).toEqual({
      type: 'notice',
      level: 'info',
      message: 'a',
    });
    expect(JSON.parse(serialiseEvent(event({ type: 'progress_update', icon: null, text: 'null' })))).toEqual({
      type: 'progress_update',
      text: 'null',
    });
    const data = { a: null, list: [null], component: { b: null } };
    expect(JSON.parse(serialiseEvent({ type: 'client_effect', name: 'n', data }))).toEqual({
      type: 'client_effect',
      name: 'n',
      data,
    });
  });

  it('applies the rules of widgets inside updates', () => {
    const root = { type: 'Card', x: null, children: [null, { type: 'Text', payload: { children: null } }] };
    const cleaned = { type: 'Card', children: [{ type: 'Text', payload: { children: null } }] };
    const updated = { type: 'thread.item.updated' as const, item_id: 'i' };
    expect(
      JSON.parse(serialiseEvent({ ...updated, update: { type: 'widget.root.updated', widget: root } })),
    ).toEqual({ ...updated, update: { type: 'widget.root.updated', widget: cleaned } });
    expect(
      JSON.parse(
        serialiseEvent({
          ...updated,
          update: { type: 'widget.component.updated', component_id: 'c', component: root },
        }),
      ).update.component,
    ).toEqual(cleaned);
  });

  it('fills in the defaults inside updates', () => {
    const update = { type: 'workflow.task.added' as const, task_index: 0, task: { type: 'custom' as const } };
    expect(
      JSON.parse(serialiseEvent({ type: 'thread.item.updated', item_id: 'i', update })).update.task,
    ).toEqual({
      type: 'custom',
      status_indicator: 'none',
    });
  });

  it('fills in the defaults of effects and errors', () => {
    const bare = (type: string): unknown => JSON.parse(serialiseEvent(event({ type, name: 'open' })));
    expect(bare('client_effect')).toEqual({ type: 'client_effect', name: 'open', data: {} });
    expect(bare('error')).toMatchObject({ type: 'error', code: 'custom', allow_retry: false });
  });

  it.each([
    { type: 'thread.item.removed', item_id: 'i' },
    { type: 'stream_options', stream_options: { allow_cancel: true } },
    { type: 'error', code: 'custom', message: 'null', allow_retry: false },
    {
      type: 'thread.item.updated',
      item_id: 'i',
      update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: '\n\n\u2028' },
    },
  ] as ThreadStreamEvent[])('writes $type as it is, on one line', (plain) => {
    const text = serialiseEvent(plain);
    expect(JSON.parse(text)).toEqual(plain);
    expect(text).not.toContain('\n');
  });

  it('refuses an event of a type that it does not know, since that could carry anything', () => {
    expect(() => serialiseEvent(event({ type: 'thread.item.shown', item: {} }))).toThrow(
      'invalid "thread.item.shown" event',
    );
  });
});
