import type { ThreadItem } from '../../../../src/protocol';
import { BY_TYPES, called, functionCall, helper, inResponse, message, type Stream } from '../stream';

const widget = (id: string): ThreadItem => ({
  id,
  thread_id: 'thr_1',
  created_at: '2026-01-01T00:00:00.000Z',
  type: 'widget',
  widget: { type: 'Card', children: [{ type: 'Text', value: 'Hello' }] },
});
const show = (id: string) => ({ emit: { type: 'thread.item.done', item: widget(id) } });

export const TOOLS: Stream[] = [
  {
    name: 'a widget of a tool, with nothing else',
    source: 'test_returns_widget_item of the reference',
    steps: [called('show'), show('wgt_1')],
  },
  {
    name: 'text, a tool that shows a widget, text',
    source: 'order of events found by running @openai/agents 0.20.0',
    steps: [
      ...inResponse(message(['Let me show you.']), functionCall('show', { index: 1 })),
      called('show'),
      show('wgt_1'),
      ...inResponse(message(['That is it.'], { id: 'msg_2' })),
    ],
  },
  {
    name: 'progress, an effect and a notice of a tool',
    source: BY_TYPES,
    steps: [
      ...inResponse(functionCall('show')),
      called('show'),
      { emit: { type: 'progress_update', text: 'Looking' } },
      { emit: { type: 'client_effect', name: 'highlight', data: { id: 'a' } } },
      { emit: { type: 'notice', level: 'info', message: 'Found' } },
      ...inResponse(message(['There.'])),
    ],
  },
  {
    name: 'a call of a tool in the browser',
    source: 'test_client_tool_call_uses_raw_function_call_id of the reference',
    steps: [
      ...inResponse(functionCall('get_selection')),
      called('get_selection'),
      { clientTool: { name: 'get_selection', arguments: { deep: true } } },
    ],
  },
  {
    name: 'a call of a tool in the browser while a workflow is open',
    source: BY_TYPES,
    steps: [
      ...inResponse(functionCall('get_selection')),
      called('get_selection'),
      helper('add_workflow_task', { task: { type: 'custom', title: 'Asking the page' } }),
      { clientTool: { name: 'get_selection', arguments: {} } },
    ],
  },
  {
    name: 'two widgets of two tools that run at once',
    source: BY_TYPES,
    steps: [
      ...inResponse(
        functionCall('a', { callId: 'call_a', id: 'fc_a' }),
        functionCall('b', { callId: 'call_b', id: 'fc_b', index: 1 }),
      ),
      called('a', 'call_a', 'fc_a'),
      called('b', 'call_b', 'fc_b'),
      show('wgt_b'),
      show('wgt_a'),
    ],
  },
];

const two = { type: 'custom', title: 'Two', status_indicator: 'none' };
const before = {
  id: 'wf_0',
  thread_id: 'thr_1',
  created_at: '2026-01-01T00:00:00.000Z',
  type: 'workflow' as const,
  workflow: {
    type: 'custom' as const,
    tasks: [{ type: 'custom' as const, title: 'One', status_indicator: 'none' as const }],
    expanded: false,
  },
};

export const GUARDRAILS: Stream[] = [
  {
    name: 'a guardrail of the input, in the middle of a text',
    source: 'found by running @openai/agents 0.20.0',
    steps: [...inResponse(message(['So you ', 'want'])).slice(0, 5), { guardrail: 'input' }],
  },
  {
    name: 'a guardrail of the output, when all is said',
    source: 'found by running @openai/agents 0.20.0',
    steps: [
      ...inResponse(message(['No. ']), functionCall('show', { index: 1 })),
      called('show'),
      show('wgt_1'),
      ...inResponse(message(['Well.'], { id: 'msg_2' })),
      { guardrail: 'output' },
    ],
  },
  {
    name: 'a guardrail after a change of the workflow of the turn before',
    source: 'found by running @openai/agents 0.20.0',
    thread: [before],
    steps: [
      helper('add_workflow_task', { task: two }),
      helper('end_workflow', { summary: { title: 'Done' } }),
      { guardrail: 'output' },
    ],
    differs: {
      why: 'The reference removes the workflow. This package restores it as it was before the run.',
      ours: {
        events: [
          {
            type: 'thread.item.updated',
            item_id: '#1',
            update: {
              type: 'workflow.task.added',
              task_index: 1,
              task: two,
            },
          },
          {
            type: 'thread.item.done',
            item: {
              id: '#1',
              type: 'workflow',
              workflow: {
                ...before.workflow,
                tasks: [...before.workflow.tasks, two],
                summary: { title: 'Done' },
              },
            },
          },
          { type: 'thread.item.replaced', item: { id: '#1', type: 'workflow', workflow: before.workflow } },
        ],
        stored: [],
        throws: 'OutputGuardrailTripwireTriggered',
      },
    },
  },
];
