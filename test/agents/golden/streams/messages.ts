import {
  api,
  BY_TYPES,
  called,
  completed,
  created,
  functionCall,
  inResponse,
  message,
  messageItem,
  outputText,
  reasoning,
  type Step,
  type Stream,
} from '../stream';

const at = (content_index: number, output_index = 0, item_id = 'msg_1') => ({
  item_id,
  output_index,
  content_index,
});
const added = (index: number, id: string) =>
  api('output_item.added', { output_index: index, item: messageItem(id, [], 'in_progress') });
const refusal = (text: string) => ({ type: 'refusal', refusal: text });

export const MESSAGES: Stream[] = [
  { name: 'a text in one piece', source: BY_TYPES, steps: inResponse(message(['Hello'])) },
  {
    name: 'a text in many pieces',
    source: 'as gpt models stream words',
    steps: inResponse(message(['It', ' is', ' in', ' stock', '.'])),
  },
  {
    name: 'a text of letters beyond ASCII, cut between the halves of a pair',
    source: BY_TYPES,
    steps: inResponse(message(['Grüße ', '👋🏽', ' 你好'])),
  },
  {
    name: 'a message of two parts',
    source: BY_TYPES,
    steps: inResponse(
      added(0, 'msg_1'),
      api('content_part.added', { ...at(0), part: outputText('') }),
      api('output_text.delta', { ...at(0), delta: 'One', logprobs: [] }),
      api('output_text.done', { ...at(0), text: 'One', logprobs: [] }),
      api('content_part.added', { ...at(1), part: outputText('') }),
      api('output_text.delta', { ...at(1), delta: 'Two', logprobs: [] }),
      api('output_text.done', { ...at(1), text: 'Two', logprobs: [] }),
      api('output_item.done', {
        output_index: 0,
        item: messageItem('msg_1', [outputText('One'), outputText('Two')]),
      }),
    ),
  },
  {
    name: 'two messages, one after the other',
    source: BY_TYPES,
    steps: inResponse(message(['First']), message(['Second'], { id: 'msg_2', index: 1 })),
  },
  {
    name: 'two messages at once',
    source: BY_TYPES,
    steps: inResponse(
      added(0, 'msg_1'),
      added(1, 'msg_2'),
      api('content_part.added', { ...at(0), part: outputText('') }),
      api('content_part.added', { ...at(0, 1, 'msg_2'), part: outputText('') }),
      api('output_text.delta', { ...at(0), delta: 'a', logprobs: [] }),
      api('output_text.delta', { ...at(0, 1, 'msg_2'), delta: 'b', logprobs: [] }),
      api('output_text.delta', { ...at(0), delta: 'A', logprobs: [] }),
      api('output_text.done', { ...at(0), text: 'aA', logprobs: [] }),
      api('output_text.done', { ...at(0, 1, 'msg_2'), text: 'b', logprobs: [] }),
      api('output_item.done', { output_index: 0, item: messageItem('msg_1', [outputText('aA')]) }),
      api('output_item.done', { output_index: 1, item: messageItem('msg_2', [outputText('b')]) }),
    ),
  },
  {
    name: 'a message without parts',
    source: BY_TYPES,
    steps: inResponse(
      added(0, 'msg_1'),
      api('output_item.done', { output_index: 0, item: messageItem('msg_1') }),
    ),
  },
  {
    name: 'a message that is there at once',
    source: 'test_stream_agent_response_assistant_message_content_types of the reference',
    steps: inResponse(
      api('output_item.done', { output_index: 0, item: messageItem('msg_1', [outputText('Hello, world!')]) }),
    ),
  },
  {
    name: 'a message that is added with its text',
    source: 'test_stream_agent_response_yields_item_removed_event of the reference',
    steps: inResponse(
      api('output_item.added', { output_index: 0, item: messageItem('msg_1', [outputText('Hello')]) }),
      api('output_item.done', { output_index: 0, item: messageItem('msg_1', [outputText('Hello')]) }),
    ),
  },
  {
    name: 'text, a tool call, and a second response',
    source: 'order of events found by running @openai/agents 0.20.0',
    steps: [
      ...inResponse(message(['Let me look.']), functionCall('look', { index: 1 })),
      called('look'),
      ...inResponse(message(['It is there.'], { id: 'msg_2' })),
    ],
  },
  {
    name: 'events that show nothing',
    source: BY_TYPES,
    steps: [
      api('queued', { response: {} }),
      created(),
      api('in_progress', { response: {} }),
      api('output_item.added', {
        output_index: 0,
        item: { id: 'ws_1', type: 'web_search_call', status: 'in_progress' },
      }),
      api('web_search_call.in_progress', { output_index: 0, item_id: 'ws_1' }),
      api('web_search_call.searching', { output_index: 0, item_id: 'ws_1' }),
      api('web_search_call.completed', { output_index: 0, item_id: 'ws_1' }),
      api('output_item.done', {
        output_index: 0,
        item: { id: 'ws_1', type: 'web_search_call', status: 'completed' },
      }),
      api('code_interpreter_call_code.delta', { output_index: 1, item_id: 'ci_1', delta: 'print(1)' }),
      api('mcp_call_arguments.delta', { output_index: 2, item_id: 'mcp_1', delta: '{}' }),
      ...message(['Found.'], { index: 3 }),
      completed(),
    ],
  },
  {
    name: 'a search of files before the message',
    source: 'test_stream_agent_response_assistant_message_content_types of the reference',
    steps: inResponse(
      api('output_item.done', {
        output_index: 0,
        item: { id: 'fs_0', type: 'file_search_call', queries: ['x'], status: 'completed', results: [] },
      }),
      message(['Found.'], { index: 1 }),
    ),
  },
  {
    name: 'the reasoning itself, which is not for users',
    source: BY_TYPES,
    steps: inResponse(
      api('content_part.added', {
        ...at(0, 0, 'rs_1'),
        part: { type: 'reasoning_text', text: '' },
      }),
      api('reasoning_text.delta', { ...at(0, 0, 'rs_1'), delta: 'hm' }),
      api('reasoning_text.done', { ...at(0, 0, 'rs_1'), text: 'hm' }),
      message(['Yes.'], { index: 1 }),
    ),
  },
  {
    name: 'a refusal',
    source: BY_TYPES,
    steps: inResponse(
      added(0, 'msg_1'),
      api('content_part.added', { ...at(0), part: refusal('') }),
      api('output_item.done', { output_index: 0, item: messageItem('msg_1', [refusal('I cannot.')]) }),
    ),
  },
  {
    name: 'a text and a refusal',
    source: 'test_stream_agent_response_assistant_message_content_types of the reference',
    steps: inResponse(
      api('output_item.done', {
        output_index: 0,
        item: messageItem('msg_1', [outputText('Hello'), refusal("Can't do that")]),
      }),
    ),
  },
  {
    name: 'a refusal as it is written',
    source: BY_TYPES,
    steps: inResponse(
      added(0, 'msg_1'),
      api('content_part.added', { ...at(0), part: refusal('') }),
      api('refusal.delta', { ...at(0), delta: 'I can' }),
      api('refusal.delta', { ...at(0), delta: 'not.' }),
      api('refusal.done', { ...at(0), refusal: 'I cannot.' }),
      api('output_item.done', { output_index: 0, item: messageItem('msg_1', [refusal('I cannot.')]) }),
    ),
    differs: {
      why: 'The reference shows a refusal when it is complete. This package streams it.',
      ours: {
        events: [
          { type: 'thread.item.added', item: { id: '#1', type: 'assistant_message', content: [] } },
          part('added', ''),
          delta('I can'),
          delta('not.'),
          part('done', 'I cannot.'),
          {
            type: 'thread.item.done',
            item: {
              id: '#1',
              type: 'assistant_message',
              content: [{ type: 'output_text', text: 'I cannot.', annotations: [] }],
            },
          },
        ],
        stored: [],
      },
    },
  },
  {
    name: 'an id that changes with every event',
    source: 'servers that speak the API, such as some proxies',
    steps: inResponse(
      added(0, 'a'),
      api('content_part.added', { ...at(0, 0, 'b'), part: outputText('') }),
      api('output_text.delta', { ...at(0, 0, 'c'), delta: 'Hi', logprobs: [] }),
      api('output_text.done', { ...at(0, 0, 'd'), text: 'Hi', logprobs: [] }),
      api('output_item.done', { output_index: 0, item: messageItem('e', [outputText('Hi')]) }),
    ),
    differs: {
      why: 'The reference uses the ids of the model’s server, which change. This package finds an output by its index.',
      ours: { events: hi(), stored: [] },
    },
  },
  {
    name: 'one made-up id for two messages',
    source: 'FAKE_ID of @openai/agents-openai 0.20.0',
    steps: inResponse(message(['Hi'], { id: 'FAKE_ID' }), message(['Hi'], { id: 'FAKE_ID', index: 1 })),
    differs: {
      why: 'The reference gives both messages the same id, that of the model’s server. This package gives each its own id.',
      ours: { events: [...hi(), ...hi('#2')], stored: [] },
    },
  },
  {
    name: 'the same id in two turns',
    source: 'FAKE_ID of @openai/agents-openai 0.20.0',
    steps: [...inResponse(message(['Hi'], { id: 'm' })), ...inResponse(message(['Hi'], { id: 'm' }))],
    differs: {
      why: 'The reference gives both messages the same id, that of the model’s server. This package gives each its own id.',
      ours: { events: [...hi(), ...hi('#2')], stored: [] },
    },
  },
  {
    name: 'text without a beginning',
    source: 'test_event_mapping of the reference',
    steps: inResponse(
      api('output_text.delta', { ...at(0), delta: 'Hi', logprobs: [] }),
      api('output_text.done', { ...at(0), text: 'Hi', logprobs: [] }),
    ),
    differs: {
      why: 'The reference updates an item that was never added. This package adds it first, and completes it with the response.',
      ours: { events: hi(), stored: [] },
    },
  },
  {
    name: 'outputs without an index',
    source: 'servers that speak the API and leave out output_index',
    steps: inResponse(
      reasoning([['Hm']]),
      message(['First']),
      message(['Second'], { id: 'msg_2' }),
      reasoning([['So']], { id: 'rs_2' }),
      message(['Third'], { id: 'msg_3' }),
    ).map((step) => ('api' in step ? { api: { ...step.api, output_index: undefined } } : step)),
  },
  {
    name: 'one index for all outputs',
    source: 'servers that speak the API and do not count outputs',
    steps: inResponse(
      reasoning([['Hm']]),
      message(['First']),
      message(['Second'], { id: 'msg_2' }),
      functionCall('look'),
      message(['Third'], { id: 'msg_3' }),
    ),
  },
  {
    name: 'one index for two outputs, the first of which is never done',
    source: 'servers that speak the API, do not count outputs and leave out output_item.done',
    steps: inResponse(message(['Hi']).slice(0, -2), reasoning([])),
    differs: {
      why: 'The reference never completes the message, and stores nothing. This package completes it when the next output begins.',
      ours: { events: [...hi(), thinking('#2')], stored: [thinking('#2').item] },
    },
  },
  {
    name: 'text without a beginning of its response',
    source: 'servers that speak the API and leave out all events but those of the text',
    steps: [...message(['Hi']).slice(2, 4), completed()],
    differs: {
      why: 'The reference updates an item that was never added. This package adds it first, and completes it with the response.',
      ours: { events: hi(), stored: [] },
    },
  },
  {
    name: 'a text without a beginning of its part',
    source: 'servers that speak the API and leave out content_part.added',
    steps: inResponse(
      message(['Hi']).filter((step) => !('api' in step && step.api.type.endsWith('part.added'))),
    ),
    differs: {
      why: 'The reference adds to a part that was never added. This package adds it first.',
      ours: { events: hi(), stored: [] },
    },
  },
  {
    name: 'a message without an id',
    source: 'servers that speak the API and leave out ids',
    steps: inResponse(message(['Hi'])).map(withoutIds),
    differs: {
      why: 'The reference needs the ids of the model’s server. This package finds an output by its index.',
      ours: { events: hi(), stored: [] },
    },
  },
  {
    name: 'a message that is done without its content',
    source: 'servers that speak the API and leave out the content of output_item.done',
    steps: inResponse(
      message(['Hi']).slice(0, -1),
      api('output_item.done', { output_index: 0, item: messageItem('msg_1') }),
    ),
    differs: {
      why: 'The reference completes the message without its text. This package keeps what the user saw.',
      ours: { events: hi(), stored: [] },
    },
  },
  {
    name: 'a part that is done without its text',
    source: 'servers that speak the API and leave out the text of output_text.done',
    steps: inResponse(message(['Hi'])).map((step) =>
      'api' in step && step.api.type === 'response.output_text.done'
        ? { api: { ...step.api, text: null } }
        : step,
    ),
    differs: {
      why: 'The reference fails. This package completes the part as it was written.',
      ours: { events: hi(), stored: [] },
    },
  },
  {
    name: 'a second part without a first, and without an end',
    source: 'servers that speak the API and count parts from another place',
    steps: inResponse(added(0, 'msg_1'), api('output_text.delta', { ...at(1), delta: 'Hi', logprobs: [] })),
    differs: {
      why: 'The reference adds to a part that was never added. This package adds it, and completes the message with the response.',
      ours: {
        events: [
          hi()[0]!,
          ...[part('added', ''), delta('Hi')].map(({ update, ...event }) => ({
            ...event,
            update: { ...update, content_index: 1 },
          })),
          {
            type: 'thread.item.done',
            item: {
              id: '#1',
              type: 'assistant_message',
              content: ['', 'Hi'].map((text) => ({ type: 'output_text', text, annotations: [] })),
            },
          },
        ],
        stored: [],
      },
    },
  },
  {
    name: 'a message that is never done',
    source: 'servers that speak the API and leave out output_item.done',
    steps: inResponse(message(['Hi']).slice(0, -2)),
    differs: {
      why: 'The reference never completes the message, and stores nothing. This package completes it with the response.',
      ours: { events: hi(), stored: [] },
    },
  },
  {
    name: 'a response that comes whole',
    source: 'servers that speak the API and do not stream',
    steps: [created(), completed([messageItem('msg_1', [outputText('Hi')])])],
    differs: {
      why: 'The reference shows nothing. This package shows the output of the response.',
      ours: { events: hi().slice(-1), stored: [] },
    },
  },
];

function part(type: 'added' | 'done', text: string, item_id = '#1') {
  return {
    type: 'thread.item.updated',
    item_id,
    update: {
      type: `assistant_message.content_part.${type}`,
      content_index: 0,
      content: { type: 'output_text', text, annotations: [] },
    },
  };
}

function delta(text: string, item_id = '#1') {
  return {
    type: 'thread.item.updated',
    item_id,
    update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text },
  };
}

/** Reasoning that has begun. */
function thinking(id: string) {
  const workflow = { type: 'reasoning', tasks: [], expanded: false };
  return { type: 'thread.item.added', item: { id, type: 'workflow', workflow } };
}

function withoutIds(step: Step): Step {
  if (!('api' in step)) return step;
  const { item, ...rest } = step.api;
  const bare = item === undefined ? {} : { item: { ...(item as object), id: undefined } };
  return { api: { ...rest, ...bare, item_id: undefined } };
}

/** A message that says "Hi", from its beginning to its end. */
function hi(id = '#1') {
  const item = (content: unknown[]) => ({ id, type: 'assistant_message', content });
  return [
    { type: 'thread.item.added', item: item([]) },
    part('added', '', id),
    delta('Hi', id),
    part('done', 'Hi', id),
    { type: 'thread.item.done', item: item([{ type: 'output_text', text: 'Hi', annotations: [] }]) },
  ];
}
