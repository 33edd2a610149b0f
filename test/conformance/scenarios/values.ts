import type { JsonObject } from '../language';

/* Every kind of thing that the protocol knows, in all its fields, bare, and with nulls. */

export type Variants = Readonly<Record<string, JsonObject>>;

const text = (value: string, annotations: JsonObject[] = []): JsonObject => ({
  type: 'output_text',
  text: value,
  annotations,
});

export const SOURCES: Variants = {
  'a URL in full': {
    type: 'url',
    url: 'https://example.com/a?b=c#d',
    attribution: 'Example',
    title: 'A page',
    description: 'About it',
    timestamp: '2020-01-02T03:04:05Z',
    group: 'web',
  },
  'a bare URL': { type: 'url', url: 'https://example.com', title: 'A page' },
  'a file': { type: 'file', filename: 'a.pdf', title: 'A file', description: null, group: null },
  'an entity in full': {
    type: 'entity',
    id: 'e1',
    title: 'An entity',
    icon: 'sparkle',
    label: 'Label',
    inline_label: 'Inline',
    interactive: true,
    data: { a: '1', nothing: null, deep: { list: [null, 1, {}] } },
  },
  'an entity with a preview of old': { type: 'entity', id: 'e1', title: 'An entity', preview: 'lazy' },
  'a bare entity': { type: 'entity', id: 'e1', title: 'An entity' },
  'an entity with nulls': {
    type: 'entity',
    id: 'e1',
    title: '',
    icon: null,
    label: null,
    inline_label: null,
  },
};

export const annotation = (source: JsonObject, index?: number | null): JsonObject =>
  index === undefined ? { type: 'annotation', source } : { type: 'annotation', source, index };

export const TASKS: Variants = {
  'a custom task in full': {
    type: 'custom',
    title: 'Looked it up',
    icon: 'sparkle',
    content: 'In *the* book',
    status_indicator: 'loading',
  },
  'a bare custom task': { type: 'custom' },
  'a custom task of nulls': { type: 'custom', title: null, icon: null, content: null },
  'a web search in full': {
    type: 'web_search',
    title: 'Search',
    title_query: 'chat kit',
    queries: ['one', 'two'],
    sources: [SOURCES['a URL in full']!, SOURCES['a bare URL']!],
    status_indicator: 'complete',
  },
  'a bare web search': { type: 'web_search' },
  'a thought in full': { type: 'thought', title: 'Thinking', content: 'Hm', status_indicator: 'none' },
  'a bare thought': { type: 'thought', content: '' },
  'a file task in full': { type: 'file', title: 'Files', sources: [SOURCES['a file']!] },
  'a bare file task': { type: 'file' },
  'an image task': { type: 'image', title: 'Painting' },
  'a bare image task': { type: 'image', title: null },
};

const workflow = (fields: JsonObject): JsonObject => ({
  type: 'workflow',
  workflow: { type: 'custom', tasks: [], ...fields },
});

export const ITEMS: Variants = {
  'an assistant message': { type: 'assistant_message', content: [text('Hello')] },
  'an assistant message whose parts do not say what they are': {
    type: 'assistant_message',
    content: [
      { text: 'Hello', annotations: [{ source: { type: 'url', url: 'https://e.com', title: 'E' } }] },
    ],
  },
  'an assistant message without content': { type: 'assistant_message', content: [] },
  'an assistant message of an empty text': { type: 'assistant_message', content: [text('')] },
  'an assistant message of two parts': { type: 'assistant_message', content: [text('One'), text('Two')] },
  'an assistant message that leaves its defaults out': {
    type: 'assistant_message',
    content: [{ text: 'Hello', type: 'output_text' }],
  },
  ...Object.fromEntries(
    Object.entries(SOURCES).map(([name, source]) => [
      `an assistant message that quotes ${name}`,
      { type: 'assistant_message', content: [text('See', [annotation(source, 3)])] },
    ]),
  ),
  'an assistant message with an annotation nowhere': {
    type: 'assistant_message',
    content: [text('See', [annotation(SOURCES['a bare URL']!), annotation(SOURCES['a file']!, null)])],
  },
  'a user message': {
    type: 'user_message',
    content: [{ type: 'input_text', text: 'From elsewhere' }],
    attachments: [],
    inference_options: {},
  },
  'a user message with everything': {
    type: 'user_message',
    content: [
      { type: 'input_text', text: 'Ask ' },
      {
        type: 'input_tag',
        id: 't1',
        text: 'Ada',
        data: { age: null, list: [null] },
        group: 'people',
        interactive: true,
      },
    ],
    attachments: [
      { type: 'file', id: 'f1', name: 'a.txt', mime_type: 'text/plain', metadata: { secret: 1 } },
    ],
    quoted_text: 'as you said',
    inference_options: { tool_choice: { id: 'search' }, model: 'big' },
  },
  'a user message of nulls': {
    type: 'user_message',
    content: [],
    attachments: [],
    quoted_text: null,
    inference_options: { tool_choice: null, model: null },
  },
  'a pending client tool call': {
    type: 'client_tool_call',
    status: 'pending',
    call_id: 'c1',
    name: 'get_selection',
    arguments: { a: 1, b: null, c: [null, { d: null }] },
  },
  'a completed client tool call': {
    type: 'client_tool_call',
    status: 'completed',
    call_id: 'c1',
    name: 'get_selection',
    arguments: {},
    output: { a: null, list: [] },
  },
  'a client tool call without output': {
    type: 'client_tool_call',
    status: 'completed',
    call_id: 'c1',
    name: 'x',
    arguments: {},
    output: null,
  },
  'a widget': {
    type: 'widget',
    widget: { type: 'Card', children: [{ type: 'Text', value: 'Hi' }] },
    copy_text: 'Hi',
  },
  'a widget without a copy text': {
    type: 'widget',
    widget: { type: 'Basic', children: [] },
    copy_text: null,
  },
  'a generated image': { type: 'generated_image', image: { id: 'i1', url: 'https://example.com/i.png' } },
  'a generated image that is not there yet': { type: 'generated_image' },
  'a generated image that is null': { type: 'generated_image', image: null },
  'a structured input': {
    type: 'structured_input',
    status: 'pending',
    inputs: [
      {
        type: 'multiple_choice',
        id: 'q1',
        question: 'Which?',
        options: [{ value: 'A' }, { value: 'B' }],
        multiple: true,
      },
      { type: 'freeform', id: 'q2', question: 'Why?', description: 'In a word' },
    ],
  },
  'a structured input with its answers': {
    type: 'structured_input',
    status: 'answered',
    inputs: [
      {
        type: 'multiple_choice',
        id: 'q1',
        question: 'Which?',
        options: [],
        multiple: false,
        answer: { values: ['A'], skipped: false },
      },
      {
        type: 'freeform',
        id: 'q2',
        question: 'Why?',
        description: null,
        answer: { values: [], skipped: true },
      },
    ],
  },
  'a structured input without questions': { type: 'structured_input', status: 'skipped', inputs: [] },
  'a structured input that leaves its defaults out': {
    type: 'structured_input',
    inputs: [
      { type: 'multiple_choice', id: 'q1', question: '?', options: [{ value: 'A' }] },
      { type: 'freeform', id: 'q2', question: '?', answer: {} },
    ],
  },
  'a workflow without tasks': workflow({}),
  'a reasoning workflow': workflow({
    type: 'reasoning',
    tasks: [TASKS['a thought in full']!],
    expanded: true,
  }),
  'a workflow with a summary': workflow({ summary: { title: 'Done', icon: 'check' } }),
  'a workflow with a summary of nulls': workflow({ summary: { title: 'Done', icon: null } }),
  'a workflow with its duration': workflow({ summary: { duration: 12 } }),
  'a workflow with every task': workflow({ tasks: Object.values(TASKS) }),
  ...Object.fromEntries(Object.entries(TASKS).map(([name, task]) => [name, { type: 'task', task }])),
  'an end of turn': { type: 'end_of_turn' },
  'a hidden context': { type: 'hidden_context_item', content: 'between us' },
  'a hidden context of data': { type: 'hidden_context_item', content: { a: [1, { b: null }] } },
  'a hidden context of null': { type: 'hidden_context_item', content: null },
  'a hidden context of the framework': { type: 'sdk_hidden_context', content: 'between us' },
};

/** One of each type. */
export const ONE_OF_EACH: Variants = Object.fromEntries(
  [...new Set(Object.values(ITEMS).map(({ type }) => type as string))].map((type) => [
    type.replaceAll('_', ' '),
    Object.values(ITEMS).find((item) => item['type'] === type)!,
  ]),
);
