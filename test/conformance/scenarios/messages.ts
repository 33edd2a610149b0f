import type { JsonObject, Scenario } from '../language';
import { create, done, get, input, message, say } from './parts';

const LONG = 'All work and no play makes Jack a dull boy. '.repeat(2000);

const INPUTS: Readonly<Record<string, JsonObject>> = {
  'no content': { content: [], attachments: [], inference_options: {} },
  'an empty text': input(''),
  'a text in many scripts': input('Grüße 你好 مرحبا हिन्दी 👩‍👩‍👧‍👦 e\u0301 \u202e \ufeff'),
  'control characters': input(
    'tab\t newline\n return\r null\u0000 bell\u0007 del\u007f line\u2028paragraph\u2029',
  ),
  'what looks like the stream': input('data: {"type":"error"}\n\nevent: x\n\n: comment'),
  'what looks like JSON': input('{"a":null,"b":[null]} ,null, :null}'),
  'what looks like HTML': input('<script>alert("x")</script> </data> &amp;'),
  'a very long text': input(LONG),
  'several parts': {
    content: ['One', 'Two', ''].map((text) => ({ type: 'input_text', text })),
    attachments: [],
    inference_options: {},
  },
  'a tag in full': {
    content: [
      {
        type: 'input_tag',
        id: 't1',
        text: 'Ada',
        data: { a: null, b: [1, null] },
        group: 'people',
        interactive: true,
      },
    ],
    attachments: [],
    inference_options: {},
  },
  'a tag without defaults': {
    content: [{ type: 'input_tag', id: 't1', text: 'Ada', data: {} }],
    attachments: [],
    inference_options: {},
  },
  'a tag with nulls': {
    content: [{ type: 'input_tag', id: 't1', text: 'Ada', data: {}, group: null }],
    attachments: [],
    inference_options: {},
  },
  'a quoted text': input('This?', { quoted_text: 'that' }),
  'an empty quoted text': input('This?', { quoted_text: '' }),
  'a quoted text of null': input('This?', { quoted_text: null }),
  'a model': input('Hi', { inference_options: { model: 'big' } }),
  'a tool': input('Hi', { inference_options: { tool_choice: { id: 'search' } } }),
  'a model and a tool': input('Hi', { inference_options: { model: 'big', tool_choice: { id: 'search' } } }),
  'inference options of nulls': input('Hi', { inference_options: { model: null, tool_choice: null } }),
  'unknown fields': input('Hi', {
    inference_options: { model: 'big', speed: 3 },
    mood: 'good',
    content: [{ type: 'input_text', text: 'Hi', bold: true }],
  }),
};

export const messages: Scenario[] = [
  ...Object.entries(INPUTS).map(([name, given]): Scenario => ({
    name: `A message with ${name}`,
    exchanges: [create([{ tell: 'message' }], { input: given }), get],
  })),
  {
    name: 'A message in a thread that is there, with what the handler gets to see',
    exchanges: [
      create([{ thread: { title: 'T', metadata: { plan: 'free' } } }, done(message('a', 'Hi'))]),
      say([{ tell: 'message' }, { tell: 'thread' }, { tell: 'items' }, done(message('b', 'Ho'))]),
      get,
    ],
  },
  { name: 'A new thread with an answer', exchanges: [create([done(message('a', 'Hi'))]), get] },
  { name: 'A long answer', exchanges: [create([done(message('a', LONG))]), get] },
  {
    name: 'Several threads side by side',
    exchanges: [
      create([done(message('a', 'One'))]),
      create([done(message('b', 'Two'))]),
      say([done(message('c', 'Three'))]),
      {
        ...say([done(message('d', 'Four'))]),
        send: {
          type: 'threads.add_user_message',
          params: { thread_id: '{{thread 1}}', input: input('Back') },
        },
      },
      get,
    ],
  },
];
