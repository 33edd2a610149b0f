import { EXPAND, type Composite, type EventDraft, type HandlerEvent } from '../../src/context';
import * as make from '../../src/events';
import { checkEvent, type Task, type WidgetItem } from '../../src/protocol';
import { complete } from '../../src/pipeline/complete';
import { makeContext, THREAD } from '../pipeline/harness';

const ctx = makeContext();

async function expand(composite: Composite): Promise<HandlerEvent[]> {
  const events: HandlerEvent[] = [];
  for await (const event of composite[EXPAND](ctx)) events.push(event);
  return events;
}

const sender: WidgetItem = {
  id: 'wgt_1',
  thread_id: THREAD.id,
  created_at: THREAD.created_at,
  type: 'widget',
  widget: { type: 'Card' },
  copy_text: 'copy',
};
const task: Task = { type: 'custom', title: 'T', status_indicator: 'complete' };

describe('every event helper gives an event that the protocol knows, once it is completed', () => {
  const made: [string, EventDraft][] = [
    ['done', make.done({ type: 'end_of_turn' })],
    ['added', make.added({ type: 'task', task })],
    ['updated', make.updated(sender, { type: 'widget.root.updated', widget: { type: 'Card' } })],
    ['updated by id', make.updated('wgt_1', { type: 'workflow.task.added', task_index: 0, task })],
    ['remove', make.remove(sender)],
    ['remove by id', make.remove('wgt_1')],
    ['replace', make.replace(sender, { type: 'Basic' })],
    ['replace of an item', make.replace(sender)],
    ['assistantMessage', make.assistantMessage('Hello')],
    ['widget', make.widget({ type: 'Card' }, { copyText: 'c' })],
    ['hiddenContext', make.hiddenContext({ any: null })],
    ['clientEffect', make.clientEffect('e', { a: null })],
    ['clientEffect without data', make.clientEffect('e')],
    ['progress', make.progress('Working', { icon: 'bolt' })],
    ['notice', make.notice('warning', '**Beware**', { title: 'T' })],
    ['error', make.error('Sorry', { allowRetry: true })],
    [
      'structuredInput',
      make.structuredInput([{ type: 'multiple_choice', question: 'Q', options: [{ value: 'a' }] }]),
    ],
    ['clientToolCall', make.clientToolCall('locate', { a: 1 })],
    ['workflow', make.workflow([task], { summary: { title: 'S' } })],
    ['task', make.task(task)],
    ['image', make.image('https://a.example/i.png')],
    ['endOfTurn', make.endOfTurn()],
  ];
  it.each(made)('%s', (_, draft) => {
    expect(checkEvent(JSON.parse(JSON.stringify(complete(draft, ctx))))).toEqual([]);
  });
});

describe('replace', () => {
  it('keeps everything of the item but the widget', () => {
    expect(make.replace(sender, { type: 'Basic' })).toEqual({
      type: 'thread.item.replaced',
      item: { ...sender, widget: { type: 'Basic' } },
    });
    expect(sender.widget).toEqual({ type: 'Card' });
  });

  it('says what is missing where an action has no sender', () => {
    expect(() => make.replace(null, { type: 'Card' })).toThrow('works only from a widget');
  });

  it('refuses what cannot be replaced so', () => {
    expect(() => make.replace('wgt_1' as never, { type: 'Card' } as never)).toThrow('pass a function');
    const message = { ...sender, type: 'end_of_turn' } as never;
    expect(() => make.replace(message, { type: 'Card' })).toThrow('"end_of_turn"');
  });
});

describe('assistantMessageStream', () => {
  it('announces the message, sends each delta, and ends with the whole text', async () => {
    const events = await expand(make.assistantMessageStream(['Hel', '', 'lo']));
    expect(events).toMatchObject([
      { type: 'thread.item.added', item: { content: [] } },
      { update: { type: 'assistant_message.content_part.added', content: { text: '' } } },
      { update: { type: 'assistant_message.content_part.text_delta', delta: 'Hel' } },
      { update: { type: 'assistant_message.content_part.text_delta', delta: 'lo' } },
      { update: { type: 'assistant_message.content_part.done', content: { text: 'Hello' } } },
      { type: 'thread.item.done', item: { content: [{ text: 'Hello', annotations: [] }] } },
    ]);
    const ids = events.map((event) =>
      'item' in event ? event.item.id : 'item_id' in event ? event.item_id : '',
    );
    expect(new Set(ids).size).toBe(1);
  });
});

describe('streamWidget', () => {
  it('sends the first state, then diffs, then the last state', async () => {
    const card = (value: string) => ({ type: 'Card', children: [{ type: 'Text', id: 't', value }] });
    const events = await expand(
      make.streamWidget(function* () {
        yield card('a');
        yield card('ab');
        yield card('ab');
        yield { type: 'Basic' };
      }),
    );
    expect(events).toMatchObject([
      { type: 'thread.item.added', item: { widget: card('a') } },
      { update: { type: 'widget.streaming_text.value_delta', component_id: 't', delta: 'b', done: true } },
      { update: { type: 'widget.root.updated', widget: { type: 'Basic' } } },
      { type: 'thread.item.done', item: { widget: { type: 'Basic' } } },
    ]);
  });

  it('sends the component that changed where that is asked for', async () => {
    const card = (label: string) => ({
      type: 'Card',
      children: [
        { type: 'Markdown', value: 'What does not change. '.repeat(9) },
        { type: 'Badge', id: 'b', label },
      ],
    });
    const states = [card('a'), card('b')];
    const [, change, end] = await expand(make.streamWidget(() => states, { componentUpdates: true }));
    expect(change).toMatchObject({ update: { type: 'widget.component.updated', component_id: 'b' } });
    expect(end).toMatchObject({ type: 'thread.item.done', item: { widget: card('b') } });
    expect((await expand(make.streamWidget(() => states)))[1]).toMatchObject({
      update: { type: 'widget.root.updated' },
    });
  });

  it('sends a state whole that was changed in place', async () => {
    const events = await expand(
      make.streamWidget(function* () {
        const text = { type: 'Text', id: 't', value: 'a' };
        const card = { type: 'Card', children: [text] };
        yield card;
        text.value = 'ab';
        yield card;
      }),
    );
    expect(events[1]).toMatchObject({ update: { widget: { children: [{ value: 'ab' }] } } });
  });

  it('sends nothing where there is no state', async () => {
    expect(await expand(make.streamWidget(() => []))).toEqual([]);
  });
});

describe('streamWorkflow', () => {
  it('shows with its first task and closes with its duration', async () => {
    const events = await expand(make.streamWorkflow(() => [task, task]));
    expect(events).toMatchObject([
      { type: 'thread.item.added', item: { workflow: { tasks: [] } } },
      { update: { type: 'workflow.task.added', task_index: 0 } },
      { update: { type: 'workflow.task.added', task_index: 1 } },
      { type: 'thread.item.done', item: { workflow: { tasks: [task, task], summary: { duration: 0 } } } },
    ]);
    expect(events[0]).not.toHaveProperty('item.workflow.summary');
  });

  it('shows nothing without a task, and closes with the summary it was given', async () => {
    expect(await expand(make.streamWorkflow(() => []))).toEqual([]);
    const events = await expand(make.streamWorkflow(() => [task], { summary: { title: 'Done' } }));
    expect(events.at(-1)).toMatchObject({ item: { workflow: { summary: { title: 'Done' } } } });
  });
});
