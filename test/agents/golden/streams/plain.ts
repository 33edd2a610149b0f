import type { RunEvent } from '../../../../src/agents';
import { inResponse, message, reasoning, type Stream } from '../stream';

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
];
