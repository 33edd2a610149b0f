import type { Json, JsonObject, Scenario } from '../language';
import { create, done, get, input, list, message, request } from './parts';

const raw = (...bodies: (string | { type: string; params?: Json; metadata?: Json })[]) =>
  bodies.map((send) => ({ send }));
const make = (given: JsonObject) => ({ type: 'threads.create', params: { input: given } });

const REFUSED: Readonly<Record<string, string | { type: string; params?: Json; metadata?: Json }>> = {
  'no JSON': 'nonsense',
  'half a JSON': '{"type":"threads.list","params":{',
  'two JSONs': '{"type":"threads.list","params":{}} {}',
  'a comma too many': '{"type":"threads.list","params":{},}',
  'a single quote': "{'type':'threads.list','params':{}}",
  'a list': '[]',
  null: 'null',
  'a text': '"threads.list"',
  'nothing in it': '{}',
  'no type': '{"params":{}}',
  'a type of null': '{"type":null,"params":{}}',
  'a type that is a number': '{"type":1,"params":{}}',
  'a type that nobody knows': '{"type":"threads.purge","params":{}}',
  'a type in capitals': '{"type":"Threads.List","params":{}}',
  'no params': { type: 'threads.list' },
  'params of null': { type: 'threads.list', params: null },
  'params of a list': { type: 'threads.list', params: [] },
  'metadata of null': '{"type":"threads.list","params":{},"metadata":null}',
  'metadata of a text': { type: 'threads.list', params: {}, metadata: 'x' },
  'a limit of half': { type: 'threads.list', params: { limit: 1.5 } },
  'a limit of a word': { type: 'threads.list', params: { limit: 'abc' } },
  'a limit of nothing': { type: 'threads.list', params: { limit: '' } },
  'a limit of a list': { type: 'threads.list', params: { limit: [1] } },
  'an order in capitals': { type: 'threads.list', params: { order: 'ASC' } },
  'an order of null': { type: 'threads.list', params: { order: null } },
  'an after of a number': { type: 'threads.list', params: { after: 1 } },
  'a thread of a number': { type: 'threads.get_by_id', params: { thread_id: 1 } },
  'a thread of null': { type: 'threads.get_by_id', params: { thread_id: null } },
  'no thread': { type: 'threads.get_by_id', params: {} },
  'no input': { type: 'threads.create', params: {} },
  'an input of a text': { type: 'threads.create', params: { input: 'Hello' } },
  'no content': make({ attachments: [], inference_options: {} }),
  'content of a text': make({ content: 'Hello', attachments: [], inference_options: {} }),
  'content of null': make({ content: null, attachments: [], inference_options: {} }),
  'content without a type': make({ content: [{ text: 'x' }], attachments: [], inference_options: {} }),
  'content of another type': make({
    content: [{ type: 'output_text', text: 'x' }],
    attachments: [],
    inference_options: {},
  }),
  'a text that is a number': make({
    content: [{ type: 'input_text', text: 1 }],
    attachments: [],
    inference_options: {},
  }),
  'a tag without its text': make({
    content: [{ type: 'input_tag', id: 'x', data: {} }],
    attachments: [],
    inference_options: {},
  }),
  'no attachments': make({ content: [], inference_options: {} }),
  'attachments of null': make({ content: [], attachments: null, inference_options: {} }),
  'attachments of objects': make({ content: [], attachments: [{ id: 'a' }], inference_options: {} }),
  'no inference options': make({ content: [], attachments: [] }),
  'a tool choice of a text': make({ content: [], attachments: [], inference_options: { tool_choice: 'x' } }),
  'a quoted text of a number': make({ content: [], attachments: [], inference_options: {}, quoted_text: 1 }),
  'no action': { type: 'threads.custom_action', params: { thread_id: 'x' } },
  'an action of a text': { type: 'threads.custom_action', params: { thread_id: 'x', action: 'go' } },
  'an action without a name': {
    type: 'threads.custom_action',
    params: { thread_id: 'x', action: { payload: 1 } },
  },
  'an action whose name is a number': {
    type: 'threads.custom_action',
    params: { thread_id: 'x', action: { type: 1 } },
  },
  'a sender of a number': {
    type: 'threads.custom_action',
    params: { thread_id: 'x', item_id: 1, action: { type: 'x' } },
  },
  'no title': { type: 'threads.update', params: { thread_id: 'x' } },
  'a title of null': { type: 'threads.update', params: { thread_id: 'x', title: null } },
  'feedback of no kind': { type: 'items.feedback', params: { thread_id: 'x', item_ids: [] } },
  'feedback for a text': {
    type: 'items.feedback',
    params: { thread_id: 'x', item_ids: 'a', kind: 'positive' },
  },
  'a file without a size': { type: 'attachments.create', params: { name: 'a', mime_type: 'b' } },
  'a file of half a byte': { type: 'attachments.create', params: { name: 'a', mime_type: 'b', size: 0.5 } },
  'a recording of null': { type: 'input.transcribe', params: { audio_base64: null, mime_type: 'x' } },
  'answers of a status that nobody knows': {
    type: 'threads.add_structured_input',
    params: { thread_id: 'x', item_id: 'y', input: { status: 'pending' } },
  },
  'answers of a list': {
    type: 'threads.add_structured_input',
    params: { thread_id: 'x', item_id: 'y', input: { answers: [] } },
  },
  'answers that are texts': {
    type: 'threads.add_structured_input',
    params: { thread_id: 'x', item_id: 'y', input: { answers: { a: 'b' } } },
  },
  'values of numbers': {
    type: 'threads.add_structured_input',
    params: { thread_id: 'x', item_id: 'y', input: { answers: { a: { values: [1] } } } },
  },
};

const LIMITS: readonly Json[] = [
  '5',
  ' 5 ',
  '+5',
  '5.0',
  '0',
  '0_5',
  '1_0',
  5.0,
  true,
  false,
  0,
  '007',
  1e2,
  '-0',
];
const BOOLEANS: readonly Json[] = [
  true,
  'true',
  'TRUE',
  't',
  'yes',
  'Y',
  'on',
  '1',
  1,
  'false',
  'F',
  'no',
  'off',
  0,
  '0',
];

const tag = (interactive: Json): JsonObject => ({
  content: [{ type: 'input_tag', id: 't', text: 'x', data: {}, interactive }],
  attachments: [],
  inference_options: {},
});

export const parsing: Scenario[] = [
  ...Object.entries(REFUSED).map(([name, send]): Scenario => ({
    name: `A request with ${name} is refused`,
    exchanges: [{ send }],
  })),
  ...LIMITS.map((limit): Scenario => ({
    name: `A limit of ${JSON.stringify(limit)} passes`,
    exchanges: [create([done(message('a', 'Hi'))]), list({ limit })],
  })),
  ...BOOLEANS.map((interactive): Scenario => ({
    name: `A tag that is interactive: ${JSON.stringify(interactive)}`,
    exchanges: [create([], { input: tag(interactive) })],
  })),
  {
    name: 'A tag with what is no boolean is refused',
    exchanges: [
      ...[2, 'maybe', null, '', ' true', []].map((interactive) =>
        create([], { input: tag(interactive as Json) }),
      ),
    ],
  },
  {
    name: 'A tag without data is taken',
    exchanges: [
      create([], {
        input: {
          content: [{ type: 'input_tag', id: 't', text: 'x' }],
          attachments: [],
          inference_options: {},
        },
      }),
    ],
  },
  {
    name: 'Fields that nobody knows are left behind',
    exchanges: [
      {
        send: { type: 'threads.create', params: { input: input('Hi', { x: 1 }), y: 2 }, metadata: { z: 3 } },
      },
      { send: '{"type":"threads.list","params":{"x":1},"id":"abc","jsonrpc":"2.0"}' },
      get,
    ],
  },
  {
    name: 'A field that comes twice counts as it comes last',
    exchanges: [
      create(),
      ...raw('{"type":"threads.list","type":"threads.get_by_id","params":{"thread_id":"{{thread}}"}}'),
    ],
  },
  { name: 'Blanks around a request', exchanges: raw(' \n\t{"type": "threads.list",\r\n"params": {}} \n') },
  { name: 'A mark for the order of bytes', exchanges: raw('\ufeff{"type":"threads.list","params":{}}') },
  {
    name: 'A number that is NaN',
    exchanges: raw('{"type":"threads.list","params":{},"metadata":{"a":NaN}}'),
  },
  {
    name: 'A lone surrogate',
    exchanges: raw('{"type":"threads.list","params":{},"metadata":{"a":"\\ud800"}}'),
  },
  { name: 'A body of nothing', exchanges: raw('') },
  {
    name: 'A request with numbers of every kind',
    exchanges: [
      create(),
      request(
        'threads.custom_action',
        { action: { type: 'n', payload: [0, -0, 1e21, 1.5e-7, 123456789012, 0.1, -1, 1e308] } },
        [{ tell: 'action' }],
      ),
    ],
  },
  {
    name: 'A payload with a key of the language itself is refused',
    exchanges: [
      create(),
      ...raw(
        '{"type":"threads.custom_action","params":{"thread_id":"{{thread}}","action":{"type":"x","payload":{"__proto__":{"a":1}}}}}',
      ),
    ],
  },
  {
    name: 'A payload nested too deep is refused',
    exchanges: [
      create(),
      request('threads.custom_action', {
        action: { type: 'x', payload: JSON.parse(`${'['.repeat(60)}${']'.repeat(60)}`) as Json },
      }),
    ],
  },
];
