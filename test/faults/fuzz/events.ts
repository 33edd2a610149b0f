import type { ThreadStreamEvent } from '../../../src/protocol';

const base = { thread_id: 'thr_1', created_at: '2026-01-01T00:00:00.000Z' };
const thread = {
  id: 'thr_1',
  created_at: base.created_at,
  status: { type: 'active' as const },
  metadata: {},
};
const text = (value: string) => ({ type: 'output_text' as const, text: value, annotations: [] });

/** Valid events of each kind that a client keeps something of. */
export const EVENTS: readonly ThreadStreamEvent[] = [
  { type: 'stream_options', stream_options: { allow_cancel: true } },
  { type: 'thread.created', thread: { ...thread, items: { data: [], has_more: false } } },
  {
    type: 'thread.item.added',
    item: { ...base, id: 'msg_1', type: 'assistant_message', content: [text('')] },
  },
  update('msg_1', { type: 'assistant_message.content_part.added', content_index: 0, content: text('Grü') }),
  update('msg_1', {
    type: 'assistant_message.content_part.text_delta',
    content_index: 0,
    delta: 'ezi 你好 😀',
  }),
  update('msg_1', { type: 'assistant_message.content_part.done', content_index: 0, content: text('Grüezi') }),
  {
    type: 'thread.item.done',
    item: { ...base, id: 'msg_1', type: 'assistant_message', content: [text('a\u2028')] },
  },
  {
    type: 'thread.item.done',
    item: {
      ...base,
      id: 'wid_1',
      type: 'widget',
      widget: { type: 'Card', children: [{ type: 'Text', id: 't', value: 'x' }] },
    },
  },
  update('wid_1', { type: 'widget.streaming_text.value_delta', component_id: 't', delta: 'y', done: false }),
  update('wid_1', { type: 'widget.root.updated', widget: { type: 'Card', children: [] } }),
  update('wid_1', {
    type: 'widget.component.updated',
    component_id: 't',
    component: { type: 'Text', value: 'z' },
  }),
  {
    type: 'thread.item.added',
    item: {
      ...base,
      id: 'wf_1',
      type: 'workflow',
      workflow: {
        type: 'custom',
        tasks: [{ type: 'thought', content: 'x', status_indicator: 'none' }],
        expanded: true,
      },
    },
  },
  update('wf_1', {
    type: 'workflow.task.updated',
    task_index: 0,
    task: { type: 'thought', content: 'y', status_indicator: 'complete' },
  }),
  { type: 'thread.item.removed', item_id: 'wid_1' },
  { type: 'progress_update', text: 'Looking …' },
  { type: 'client_effect', name: 'flash', data: { a: [1, { b: null }] } },
  { type: 'notice', level: 'info', message: 'Done.' },
  { type: 'error', code: 'custom', message: 'No.', allow_retry: false },
];

type Update = Extract<ThreadStreamEvent, { type: 'thread.item.updated' }>['update'];

function update(item_id: string, change: Update): ThreadStreamEvent {
  return { type: 'thread.item.updated', item_id, update: change };
}
