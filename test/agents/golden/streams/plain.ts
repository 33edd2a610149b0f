import type { RunEvent } from '../../../../src/agents';
import { api, inResponse, message, messageItem, reasoning, type Stream } from '../stream';

const SOURCE = 'events of @openai/agents 0.20.0 for a model that gives only text, as found by running it';
const raw = (data: { type: string; [field: string]: unknown }, source?: string): RunEvent => ({
  type: 'raw_model_stream_event',
  data,
  ...(source === undefined ? {} : { source }),
});
export const delta = (text: string): RunEvent => raw({ type: 'output_text_delta', delta: text });
export const chunk = (fields: Record<string, unknown>, finish_reason: string | null = null): RunEvent =>
  raw(
    { type: 'model', event: { choices: [{ index: 0, delta: fields, finish_reason }] } },
    'openai-chat-completions',
  );
export const done = (...output: object[]): RunEvent =>
  raw({ type: 'response_done', response: { id: 'FAKE_ID', output, usage: {} } });
export const said = (text: string, providerData?: object) => ({
  type: 'message',
  id: 'FAKE_ID',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text, ...(providerData === undefined ? {} : { providerData }) }],
});
const called = { type: 'function_call', id: 'FAKE_ID', callId: 'call_1', name: 'look', arguments: '{}' };
const cited = { start_index: 0, end_index: 5, url: 'https://shop.example/jug', title: 'Milk jug' };

const thought = { type: 'thought', content: 'Ask it', status_indicator: 'none' };

/** What the client is shown at the end of a part alone: these models do not tell when a part ends. */
export const PLAIN: Stream[] = [
  {
    name: 'plain: a text in pieces',
    source: SOURCE,
    steps: inResponse(message(['It', ' is', '.'])),
    plain: [raw({ type: 'response_started' }), delta('It'), delta(' is'), delta('.'), done(said('It is.'))],
  },
  {
    name: 'plain: a text of Chat Completions, with its raw chunks',
    source: SOURCE,
    steps: inResponse(message(['It', ' is.'])),
    plain: [
      chunk({ role: 'assistant', content: '' }),
      delta('It'),
      chunk({ content: 'It' }),
      delta(' is.'),
      chunk({ content: ' is.' }),
      chunk({}, 'stop'),
      done(said('It is.')),
    ],
  },
  {
    name: 'plain: a text and a call that share an id, and a second response',
    source: SOURCE,
    steps: [...inResponse(message(['Let me look.'])), ...inResponse(message(['There.'], { id: 'msg_2' }))],
    plain: [
      delta('Let me look.'),
      done(said('Let me look.'), called),
      { type: 'run_item_stream_event', name: 'tool_called', item: { rawItem: called } },
      delta('There.'),
      done(said('There.')),
    ],
  },
  {
    name: 'plain: a thought, then the answer',
    source: 'reasoning_content of DeepSeek and others, made a summary by the SDK for Python',
    steps: inResponse(reasoning([['Look', 'ing']]), message(['Yes.'], { index: 1 })),
    plain: [
      chunk({ reasoning_content: 'Look' }),
      chunk({ reasoning_content: 'ing' }),
      delta('Yes.'),
      chunk({ content: 'Yes.' }),
      chunk({}, 'stop'),
      done({ type: 'reasoning', content: [{ type: 'input_text', text: 'Looking' }] }, said('Yes.')),
    ],
  },
  {
    name: 'plain: a thought that is told at the end, before a tool is called',
    source: SOURCE,
    steps: [...inResponse(reasoning([[]])), ...inResponse(message(['Yes.'], { index: 1 }))].map((step) =>
      'api' in step && step.api['text'] === '' ? { api: { ...step.api, text: 'Ask it' } } : step,
    ),
    plain: [
      done({ type: 'reasoning', content: [{ type: 'input_text', text: 'Ask it' }] }, called),
      delta('Yes.'),
      done(said('Yes.')),
    ],
  },
  {
    name: 'plain: citations, told with the whole text',
    source: SOURCE,
    steps: inResponse(message(['Jug: 9 €'], { annotations: [{ type: 'url_citation', ...cited }] })).filter(
      (step) => !('api' in step && step.api.type.endsWith('annotation.added')),
    ),
    plain: [
      delta('Jug: 9 €'),
      done(said('Jug: 9 €', { annotations: [{ type: 'url_citation', url_citation: cited }] })),
    ],
  },
  {
    name: 'plain: a refusal, told at the end',
    source: SOURCE,
    steps: inResponse(
      api('output_item.done', {
        output_index: 0,
        item: messageItem('msg_1', [{ type: 'refusal', refusal: 'I cannot.' }]),
      }),
    ),
    plain: [done({ ...said(''), content: [{ type: 'refusal', refusal: 'I cannot.', providerData: {} }] })],
  },
  {
    name: 'plain: an image, told at the end',
    source: SOURCE,
    steps: inResponse(
      ...['added', 'done'].map((change) =>
        api(`output_item.${change}`, {
          output_index: 0,
          item: { id: 'ig_1', type: 'image_generation_call', status: 'completed', result: 'dGVzdA==' },
        }),
      ),
    ),
    plain: [
      done({ type: 'hosted_tool_call', name: 'image_generation_call', output: 'dGVzdA==', id: 'FAKE_ID' }),
    ],
    differs: {
      why: 'The reference shows that an image begins. This package shows it when it is there, because such models do not tell of its beginning.',
      ours: {
        events: [
          {
            type: 'thread.item.done',
            item: {
              id: '#1',
              type: 'generated_image',
              image: { id: '#2', url: 'data:image/png;base64,dGVzdA==' },
            },
          },
        ],
        stored: [],
      },
    },
  },
  {
    name: 'plain: a thought that is told after its text',
    source: SOURCE,
    steps: inResponse(reasoning([['Ask it']]), message(['Yes.'], { index: 1 })),
    plain: [
      delta('Yes.'),
      done({ type: 'reasoning', content: [{ type: 'input_text', text: 'Ask it' }] }, said('Yes.')),
    ],
    differs: {
      why: 'The reference shows the thought before the text, where its SDK tells of it. This package has shown the text by then.',
      ours: {
        events: [
          { type: 'thread.item.added', item: { id: '#1', type: 'assistant_message', content: [] } },
          update('#1', { type: 'assistant_message.content_part.added', content_index: 0, content: text('') }),
          update('#1', {
            type: 'assistant_message.content_part.text_delta',
            content_index: 0,
            delta: 'Yes.',
          }),
          { type: 'thread.item.added', item: thinking([]) },
          update('#2', { type: 'workflow.task.added', task_index: 0, task: thought }),
          { type: 'thread.item.done', item: thinking([thought], { summary: { duration: 0 } }) },
          update('#1', {
            type: 'assistant_message.content_part.done',
            content_index: 0,
            content: text('Yes.'),
          }),
          {
            type: 'thread.item.done',
            item: { id: '#1', type: 'assistant_message', content: [text('Yes.')] },
          },
        ],
        stored: [],
      },
    },
  },
  {
    name: 'plain: a text of Chat Completions, and one of a model without chunks',
    source: 'a handoff to an agent with a model of another kind',
    steps: [...inResponse(message(['One.'])), ...inResponse(message(['Two.'], { id: 'msg_2' }))],
    plain: [
      chunk({ role: 'assistant', content: '' }),
      delta('One.'),
      chunk({}, 'stop'),
      done(said('One.')),
      delta('Two.'),
      done(said('Two.')),
    ],
  },
  {
    name: 'plain: a message without parts, beside a call',
    source: SOURCE,
    steps: inResponse([]),
    plain: [done({ ...said(''), content: [] }, called)],
  },
];

function update(item_id: string, fields: object) {
  return { type: 'thread.item.updated', item_id, update: fields };
}

function text(value: string) {
  return { type: 'output_text', text: value, annotations: [] };
}

function thinking(tasks: object[], more: object = {}) {
  return { id: '#2', type: 'workflow', workflow: { type: 'reasoning', tasks, expanded: false, ...more } };
}
