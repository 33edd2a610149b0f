import {
  api,
  BY_TYPES,
  called,
  functionCall,
  helper,
  inResponse,
  message,
  reasoning,
  type Stream,
} from '../stream';

export const REASONING: Stream[] = [
  {
    name: 'a thought, then the answer',
    source: BY_TYPES,
    steps: inResponse(reasoning([['Look', 'ing it up']]), message(['Yes.'], { index: 1 })),
  },
  {
    name: 'two thoughts, of which the first is seen as it is written',
    source: 'test_workflow_streams_first_thought of the reference',
    steps: inResponse(
      reasoning([
        ['Think', 'ing 1'],
        ['Think', 'ing 2'],
      ]),
      message(['Yes.'], { index: 1 }),
    ),
  },
  {
    name: 'reasoning without a summary',
    source: 'gpt-5 models without `reasoning.summary`',
    steps: inResponse(reasoning([]), message(['Yes.'], { index: 1 })),
  },
  {
    name: 'a thought that comes whole',
    source: 'test_workflow_ends_on_message of the reference',
    steps: inResponse(reasoning([[]]), message(['Yes.'], { index: 1 })),
  },
  {
    name: 'reasoning in two responses, with a tool between',
    source: 'order of events found by running @openai/agents 0.20.0',
    steps: [
      ...inResponse(reasoning([['Ask the tool']]), functionCall('look', { index: 1 })),
      called('look'),
      ...inResponse(reasoning([['Now answer']], { id: 'rs_2' }), message(['Yes.'], { index: 1 })),
    ],
  },
  {
    name: 'reasoning at the end, left open for the next turn',
    source: BY_TYPES,
    steps: inResponse(reasoning([['Ask the page']]), functionCall('look', { index: 1 })),
  },
  {
    name: 'thoughts while a workflow of a tool is open',
    source: BY_TYPES,
    steps: [
      helper('start_workflow', {
        workflow: { type: 'custom', tasks: [{ type: 'custom', title: 'Looking' }] },
      }),
      ...inResponse(reasoning([['Look', 'ing']]), message(['Yes.'], { index: 1 })),
    ],
  },
  {
    name: 'two thoughts that are written at once',
    source: BY_TYPES,
    steps: inResponse(
      api('output_item.added', { output_index: 0, item: { id: 'rs_1', type: 'reasoning', summary: [] } }),
      ...[0, 1, 0, 1].map((summary_index) =>
        api('reasoning_summary_text.delta', {
          item_id: 'rs_1',
          output_index: 0,
          summary_index,
          delta: 'xy'[summary_index],
        }),
      ),
      ...[0, 1].map((summary_index) =>
        api('reasoning_summary_text.done', {
          item_id: 'rs_1',
          output_index: 0,
          summary_index,
          text: ['xx', 'yy'][summary_index],
        }),
      ),
      message(['Yes.'], { index: 1 }),
    ),
  },
  {
    name: 'two thoughts with the same text',
    source: BY_TYPES,
    steps: inResponse(reasoning([['Hm'], ['Hm']])),
    differs: {
      why: 'The reference finds a task by its value, and sends the index of the first task twice.',
      ours: {
        events: [
          {
            type: 'thread.item.added',
            item: { id: '#1', type: 'workflow', workflow: { type: 'reasoning', tasks: [], expanded: false } },
          },
          ...(['added', 'updated'] as const).map((change) => ({
            type: 'thread.item.updated',
            item_id: '#1',
            update: { type: `workflow.task.${change}`, task_index: 0, task: thought('Hm') },
          })),
          {
            type: 'thread.item.updated',
            item_id: '#1',
            update: { type: 'workflow.task.added', task_index: 1, task: thought('Hm') },
          },
        ],
        stored: [
          {
            id: '#1',
            type: 'workflow',
            workflow: { type: 'reasoning', tasks: [thought('Hm'), thought('Hm')], expanded: false },
          },
        ],
      },
    },
  },
  {
    name: 'reasoning after the answer',
    source: BY_TYPES,
    steps: inResponse(
      message(['Yes.']),
      reasoning([['And more']], { index: 1 }),
      message(['So.'], { index: 2, id: 'msg_2' }),
    ),
  },
  {
    name: 'a thought that is done after the answer has begun',
    source: BY_TYPES,
    steps: inResponse(
      reasoning([['Hm']]).slice(0, 1),
      message([], { index: 1 }).slice(0, 1),
      reasoning([['Hm']]).slice(3, 4),
      message([], { index: 1 }).slice(-1),
    ),
    differs: {
      why: 'The reference drops the thought. This package shows it in a new workflow.',
      ours: {
        events: [
          { type: 'thread.item.added', item: workflow('#1', []) },
          { type: 'thread.item.done', item: workflow('#1', [], { summary: { duration: 0 } }) },
          { type: 'thread.item.added', item: { id: '#2', type: 'assistant_message', content: [] } },
          { type: 'thread.item.added', item: workflow('#3', []) },
          {
            type: 'thread.item.updated',
            item_id: '#3',
            update: { type: 'workflow.task.added', task_index: 0, task: thought('Hm') },
          },
          {
            type: 'thread.item.done',
            item: {
              id: '#2',
              type: 'assistant_message',
              content: [{ type: 'output_text', text: '', annotations: [] }],
            },
          },
        ],
        stored: [workflow('#3', [thought('Hm')])],
      },
    },
  },
  {
    name: 'a thought that is done without its text',
    source: 'servers that speak the API and leave out the text of reasoning_summary_text.done',
    steps: inResponse(reasoning([['H', 'm']])).map((step) =>
      'api' in step && step.api.type === 'response.reasoning_summary_text.done'
        ? { api: { ...step.api, text: null } }
        : step,
    ),
    differs: {
      why: 'The reference shows a thought without text. This package completes it as it was written.',
      ours: {
        events: [
          { type: 'thread.item.added', item: workflow('#1', []) },
          ...['H', 'Hm', 'Hm'].map((text, index) => ({
            type: 'thread.item.updated',
            item_id: '#1',
            update: {
              type: `workflow.task.${index === 0 ? 'added' : 'updated'}`,
              task_index: 0,
              task: thought(text),
            },
          })),
        ],
        stored: [workflow('#1', [thought('Hm')])],
      },
    },
  },
  {
    name: 'reasoning that comes whole, with its summary',
    source: 'servers that speak the API and do not stream summaries',
    steps: inResponse(reasoning([['Hm']]).slice(-1)),
    differs: {
      why: 'The reference shows nothing. This package shows the thought.',
      ours: {
        events: [
          { type: 'thread.item.added', item: workflow('#1', []) },
          {
            type: 'thread.item.updated',
            item_id: '#1',
            update: { type: 'workflow.task.added', task_index: 0, task: thought('Hm') },
          },
        ],
        stored: [workflow('#1', [thought('Hm')])],
      },
    },
  },
];

function workflow(id: string, tasks: object[], more: object = {}) {
  return { id, type: 'workflow', workflow: { type: 'reasoning', tasks, expanded: false, ...more } };
}

function thought(content: string) {
  return { type: 'thought', content, status_indicator: 'none' };
}
