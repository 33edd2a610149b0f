import type { ThreadItem } from '../../../../src/protocol';
import {
  BY_TYPES,
  called,
  functionCall,
  helper,
  inResponse,
  message,
  reasoning,
  type Stream,
} from '../stream';

const HELPERS = 'written after the helpers of the reference’s AgentContext';
const time = '2026-01-01T00:00:00.000Z';
const task = (title: string, status_indicator = 'none') => ({ type: 'custom', title, status_indicator });
const workflow = (tasks: object[], more: object = {}) => ({ type: 'custom', tasks, ...more });
const stored = (id: string, more: object = {}): ThreadItem => ({
  id,
  thread_id: 'thr_1',
  created_at: time,
  type: 'workflow',
  workflow: workflow([task('Before')], { expanded: false, ...more }) as never,
});
const widget = (id: string): ThreadItem => ({
  id,
  thread_id: 'thr_1',
  created_at: time,
  type: 'widget',
  widget: { type: 'Card', children: [{ type: 'Text', value: 'Hello' }] },
});
const clientCall: ThreadItem = {
  id: 'tc_1',
  thread_id: 'thr_1',
  created_at: time,
  type: 'client_tool_call',
  status: 'completed',
  call_id: 'call_0',
  name: 'ask',
  arguments: {},
  output: 'yes',
};
const note = (id: string): ThreadItem => ({
  id,
  thread_id: 'thr_1',
  created_at: time,
  type: 'hidden_context_item',
  content: 'note',
});

export const WORKFLOWS: Stream[] = [
  {
    name: 'a workflow with a task, another one, a change, an end',
    source: HELPERS,
    steps: [
      helper('start_workflow', { workflow: workflow([task('One', 'loading')]) }),
      helper('add_workflow_task', { task: task('Two') }),
      helper('update_workflow_task', { task: task('One', 'complete'), task_index: 0 }),
      helper('end_workflow', { summary: { title: 'Done' } }),
    ],
  },
  {
    name: 'a workflow that is not shown before it has a task',
    source: HELPERS,
    steps: [
      helper('start_workflow', { workflow: workflow([]) }),
      helper('add_workflow_task', { task: task('One') }),
      helper('end_workflow'),
    ],
  },
  {
    name: 'a workflow about reasoning, shown without a task',
    source: HELPERS,
    steps: [helper('start_workflow', { workflow: { type: 'reasoning', tasks: [] } }), helper('end_workflow')],
  },
  {
    name: 'a task without a workflow',
    source: HELPERS,
    steps: [helper('add_workflow_task', { task: task('One') }), helper('end_workflow')],
  },
  {
    name: 'an end with its tasks unfolded',
    source: HELPERS,
    steps: [
      helper('add_workflow_task', { task: task('One') }),
      helper('end_workflow', { expanded: true, summary: { title: 'All of it' } }),
    ],
  },
  { name: 'an end where nothing is open', source: HELPERS, steps: [helper('end_workflow')] },
  {
    name: 'a workflow that the answer closes',
    source: HELPERS,
    steps: [helper('add_workflow_task', { task: task('One') }), ...inResponse(message(['Yes.']))],
  },
  {
    name: 'a workflow that a widget closes',
    source: HELPERS,
    steps: [
      helper('add_workflow_task', { task: task('One') }),
      { emit: { type: 'thread.item.done', item: widget('wgt_1') } },
    ],
  },
  {
    name: 'a workflow that is not closed by what the user does not see',
    source: HELPERS,
    steps: [
      helper('add_workflow_task', { task: task('One') }),
      { emit: { type: 'thread.item.done', item: note('h_1') } },
      { emit: { type: 'thread.item.done', item: clientCall } },
      helper('add_workflow_task', { task: task('Two') }),
    ],
  },
  {
    name: 'a workflow that a tool sends itself is gone on with',
    source: HELPERS,
    steps: [
      { emit: { type: 'thread.item.added', item: stored('wf_own') } },
      helper('add_workflow_task', { task: task('Two') }),
      helper('end_workflow', { summary: { title: 'Done' } }),
    ],
  },
  {
    name: 'the workflow of the turn before is gone on with',
    source: BY_TYPES,
    thread: [stored('wf_0')],
    steps: [helper('add_workflow_task', { task: task('Two') }), ...inResponse(message(['Yes.']))],
  },
  {
    name: 'the workflow before a client tool call is gone on with',
    source: BY_TYPES,
    thread: [stored('wf_0'), clientCall],
    steps: inResponse(reasoning([['Now I know']]), message(['Yes.'], { index: 1 })),
  },
  {
    name: 'a workflow further back is not',
    source: BY_TYPES,
    thread: [stored('wf_0'), widget('wgt_0')],
    steps: inResponse(reasoning([['Now I know']]), message(['Yes.'], { index: 1 })),
  },
  {
    name: 'a summary that is there stays',
    source: 'test_existing_workflow_summary_not_overwritten_on_automatic_end of the reference',
    thread: [stored('wf_0', { summary: { title: 'Test' } })],
    steps: inResponse(message(['Yes.'])),
  },
  {
    name: 'a workflow that is open at the end is stored, and not sent',
    source: HELPERS,
    steps: [helper('add_workflow_task', { task: task('One') })],
  },
  {
    name: 'the workflow of the turn before that is still open at the end is stored with its new task',
    source: HELPERS,
    thread: [stored('wf_0')],
    steps: [helper('add_workflow_task', { task: task('Two') })],
  },
  {
    name: 'a workflow without a task that is open at the end',
    source: HELPERS,
    steps: [helper('start_workflow', { workflow: workflow([]) })],
    differs: {
      why: 'The reference stores the workflow, so that a reload shows an empty one. This package drops it, because it was never shown.',
      ours: { events: [], stored: [] },
    },
  },
  {
    name: 'a workflow that is started while another is open',
    source: HELPERS,
    steps: [
      helper('start_workflow', { workflow: workflow([task('One')]) }),
      helper('start_workflow', { workflow: workflow([task('Two')]) }),
      helper('end_workflow', { summary: { title: 'Done' } }),
    ],
    differs: {
      why: 'The reference forgets the first workflow, and never completes it. This package closes it.',
      ours: {
        events: [
          { type: 'thread.item.added', item: open('#1', 'One') },
          { type: 'thread.item.done', item: open('#1', 'One', { summary: { duration: 0 } }) },
          { type: 'thread.item.added', item: open('#2', 'Two') },
          { type: 'thread.item.done', item: open('#2', 'Two', { summary: { title: 'Done' } }) },
        ],
        stored: [],
      },
    },
  },
  {
    name: 'a workflow before an answer that comes whole',
    source: BY_TYPES,
    steps: [helper('add_workflow_task', { task: task('One') }), ...inResponse(message(['Yes.']).slice(-1))],
    differs: {
      why: 'The reference leaves the workflow open. This package closes it, as before an answer that is streamed.',
      ours: {
        events: [
          { type: 'thread.item.added', item: open('#1', 'One') },
          { type: 'thread.item.done', item: open('#1', 'One', { summary: { duration: 0 } }) },
          {
            type: 'thread.item.done',
            item: {
              id: '#2',
              type: 'assistant_message',
              content: [{ type: 'output_text', text: 'Yes.', annotations: [] }],
            },
          },
        ],
        stored: [],
      },
    },
  },
  {
    name: 'a workflow that is not closed by what is kept for the model',
    source: HELPERS,
    steps: [
      helper('add_workflow_task', { task: task('One') }),
      { emit: { type: 'thread.item.done', item: { ...note('h_1'), type: 'sdk_hidden_context' } } },
      helper('end_workflow', { summary: { title: 'Done' } }),
    ],
    differs: {
      why: 'The reference closes the workflow, though the user sees nothing new. This package leaves it open.',
      ours: {
        events: [
          { type: 'thread.item.added', item: open('#1', 'One') },
          {
            type: 'thread.item.done',
            item: { id: '#2', type: 'sdk_hidden_context', content: 'note' },
          },
          { type: 'thread.item.done', item: open('#1', 'One', { summary: { title: 'Done' } }) },
        ],
        stored: [],
      },
    },
  },
  {
    name: 'the workflow before an item that the user does not see is gone on with',
    source: BY_TYPES,
    thread: [stored('wf_0', { summary: { title: 'Test' } }), note('h_1')],
    steps: [helper('end_workflow')],
    differs: {
      why: 'The reference does not look past hidden items, in which this package keeps runs. This package does.',
      ours: {
        events: [{ type: 'thread.item.done', item: open('#1', 'Before', { summary: { title: 'Test' } }) }],
        stored: [],
      },
    },
  },
  {
    name: 'a workflow that a tool sends and ends itself',
    source: HELPERS,
    steps: [
      { emit: { type: 'thread.item.added', item: stored('wf_own') } },
      { emit: { type: 'thread.item.done', item: stored('wf_own', { summary: { title: 'Done' } }) } },
      ...inResponse(message(['Yes.']).slice(0, 1), message(['Yes.']).slice(-1)),
    ],
    differs: {
      why: 'The reference ends the workflow once more. This package knows that it has ended.',
      ours: {
        events: [
          { type: 'thread.item.added', item: open('#1', 'Before') },
          { type: 'thread.item.done', item: open('#1', 'Before', { summary: { title: 'Done' } }) },
          { type: 'thread.item.added', item: { id: '#2', type: 'assistant_message', content: [] } },
          {
            type: 'thread.item.done',
            item: {
              id: '#2',
              type: 'assistant_message',
              content: [{ type: 'output_text', text: 'Yes.', annotations: [] }],
            },
          },
        ],
        stored: [],
      },
    },
  },
  {
    name: 'a workflow without a task that a tool sends itself is gone on with',
    source: HELPERS,
    steps: [
      { emit: { type: 'thread.item.added', item: { ...stored('wf_own'), workflow: workflow([]) } } },
      helper('add_workflow_task', { task: task('One') }),
      helper('end_workflow', { summary: { title: 'Done' } }),
    ],
    differs: {
      why: 'The reference adds the workflow twice. This package adds its first task.',
      ours: {
        events: [
          {
            type: 'thread.item.added',
            item: { id: '#1', type: 'workflow', workflow: workflow([], { expanded: false }) },
          },
          {
            type: 'thread.item.updated',
            item_id: '#1',
            update: { type: 'workflow.task.added', task_index: 0, task: task('One') },
          },
          { type: 'thread.item.done', item: open('#1', 'One', { summary: { title: 'Done' } }) },
        ],
        stored: [],
      },
    },
  },
  {
    name: 'tasks of a tool between two responses',
    source: 'order of events found by running @openai/agents 0.20.0',
    steps: [
      ...inResponse(functionCall('look')),
      called('look'),
      helper('add_workflow_task', { task: task('Looking', 'loading') }),
      helper('update_workflow_task', { task: task('Looked', 'complete'), task_index: 0 }),
      ...inResponse(message(['Yes.'])),
    ],
  },
];

function open(id: string, title: string, more: object = {}) {
  return { id, type: 'workflow', workflow: workflow([task(title)], { expanded: false, ...more }) };
}
