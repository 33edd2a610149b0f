import type { AssistantMessageItem, ThreadItem, ThreadItemUpdate, WorkflowItem } from '../../src/protocol';
import { hasText, PendingItems } from '../../src/pipeline/shown-items';

const base = { id: 'x', thread_id: 't', created_at: '2026-01-01T00:00:00.000Z' };
const message = (): AssistantMessageItem => ({ ...base, type: 'assistant_message', content: [] });

function after(item: ThreadItem, ...updates: ThreadItemUpdate[]): ThreadItem | undefined {
  const pending = new PendingItems();
  pending.note({ type: 'thread.item.added', item });
  for (const update of updates) pending.note({ type: 'thread.item.updated', item_id: 'x', update });
  return pending.get('x');
}

const part = (text: string) => ({ type: 'output_text' as const, text, annotations: [] });

describe('PendingItems', () => {
  it('applies every kind of update to a message', () => {
    const annotation = {
      type: 'annotation' as const,
      source: { type: 'file' as const, title: 'F', filename: 'f' },
    };
    const item = after(
      message(),
      { type: 'assistant_message.content_part.added', content_index: 0, content: part('') },
      { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'Hel' },
      { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'lo' },
      { type: 'assistant_message.content_part.text_delta', content_index: 2, delta: 'unannounced' },
      {
        type: 'assistant_message.content_part.annotation_added',
        content_index: 0,
        annotation_index: 7,
        annotation,
      },
    );
    expect(item).toMatchObject({
      content: [{ text: 'Hello', annotations: [annotation] }, { text: '' }, { text: 'unannounced' }],
    });
    expect(
      after(message(), {
        type: 'assistant_message.content_part.done',
        content_index: 0,
        content: part('Whole'),
      }),
    ).toMatchObject({ content: [{ text: 'Whole' }] });
  });

  it('keeps what was sent, whatever the handler then does with its own objects', () => {
    const content = part('sent');
    const pending = new PendingItems();
    pending.note({ type: 'thread.item.added', item: message() });
    pending.note({
      type: 'thread.item.updated',
      item_id: 'x',
      update: { type: 'assistant_message.content_part.done', content_index: 0, content },
    });
    content.text = 'changed';
    expect(pending.get('x')).toMatchObject({ content: [{ text: 'sent' }] });
  });

  it('ignores an index out of all bounds', () => {
    expect(
      after(message(), { type: 'assistant_message.content_part.text_delta', content_index: 1e9, delta: 'x' }),
    ).toEqual(message());
  });

  it.each([1, 1e9, -1])('ignores an update of a task that is not there: %d', (task_index) => {
    const tasks = [{ type: 'image' as const }];
    const workflow: WorkflowItem = { ...base, type: 'workflow', workflow: { type: 'custom', tasks } };
    const update = { type: 'workflow.task.updated', task_index, task: { type: 'file' } } as const;
    const kept = after(workflow, update) as WorkflowItem;
    // First: a list with so many holes cannot be compared in any time.
    expect(kept.workflow.tasks.length).toBe(1);
    expect(kept).toEqual(workflow);
  });

  it('applies updates of workflows, widgets and images', () => {
    const workflow: WorkflowItem = { ...base, type: 'workflow', workflow: { type: 'custom', tasks: [] } };
    expect(
      after(
        workflow,
        { type: 'workflow.task.added', task_index: 0, task: { type: 'image' } },
        { type: 'workflow.task.updated', task_index: 0, task: { type: 'image', title: 'I' } },
      ),
    ).toMatchObject({ workflow: { tasks: [{ type: 'image', title: 'I' }] } });
    expect(
      after(
        { ...base, type: 'widget', widget: { type: 'Card' } },
        { type: 'widget.root.updated', widget: { type: 'Basic' } },
      ),
    ).toMatchObject({ widget: { type: 'Basic' } });
    const children = [
      { type: 'Text', id: 't', value: 'a' },
      { type: 'Badge', id: 'b', label: 'old' },
    ];
    expect(
      after(
        { ...base, type: 'widget', widget: { type: 'Card', children } },
        { type: 'widget.streaming_text.value_delta', component_id: 't', delta: 'b', done: false },
        {
          type: 'widget.component.updated',
          component_id: 'b',
          component: { type: 'Badge', id: 'b', label: 'new' },
        },
      ),
    ).toMatchObject({ widget: { children: [{ value: 'ab' }, { label: 'new' }] } });
    expect(
      after(
        { ...base, type: 'generated_image' },
        { type: 'generated_image.updated', image: { id: 'i', url: 'u' } },
      ),
    ).toMatchObject({ image: { id: 'i' } });
  });

  it('keeps a copy, so that a handler may go on writing into its own item', () => {
    const item = message();
    const pending = new PendingItems();
    pending.note({ type: 'thread.item.added', item });
    item.content.push(part('later'));
    expect(pending.list()).toEqual([message()]);
  });

  it.each(['thread.item.done', 'thread.item.replaced'] as const)('forgets an item at %s', (type) => {
    const pending = new PendingItems();
    pending.note({ type: 'thread.item.added', item: message() });
    pending.note({ type, item: message() });
    expect(pending.list()).toEqual([]);
  });

  it('forgets a removed item, and ignores updates of unknown ones', () => {
    const pending = new PendingItems();
    pending.note({ type: 'thread.item.added', item: message() });
    pending.note({ type: 'thread.item.removed', item_id: 'x' });
    pending.note({
      type: 'thread.item.updated',
      item_id: 'y',
      update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'a' },
    });
    expect(pending.list()).toEqual([]);
  });

  it('tells a message with text from one without', () => {
    expect(hasText(message())).toBe(false);
    expect(hasText({ ...message(), content: [part(' \n')] })).toBe(false);
    expect(hasText({ ...message(), content: [part(' '), part('a')] })).toBe(true);
  });
});
