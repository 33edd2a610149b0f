import type { JsonObject, Scenario } from '../language';
import { create, done, get, pause } from './parts';

const text = (value: string, fields: JsonObject = {}): JsonObject => ({
  type: 'Text',
  id: 't',
  value,
  ...fields,
});
const markdown = (value: string, fields: JsonObject = {}): JsonObject => ({
  type: 'Markdown',
  id: 'm',
  value,
  ...fields,
});
const card = (...children: JsonObject[]): JsonObject => ({ type: 'Card', children });
const row = (...children: JsonObject[]): JsonObject => ({ type: 'Row', children });
const on = { streaming: true };

const STREAMS: Readonly<Record<string, JsonObject[]>> = {
  'a single state': [card(text('a'))],
  'the same state again': [card(text('a')), card(text('a'))],
  'an empty card': [card(), card()],
  'a text that grows': [card(text('', on)), card(text('He', on)), card(text('Hello', on))],
  'a text that grows and does not say that it streams': [card(text('a')), card(text('ab'))],
  'a text that grows and says that it no longer streams': [
    card(text('a', { streaming: false })),
    card(text('ab', { streaming: false })),
  ],
  'a text that stops streaming as it grows': [card(text('a', on)), card(text('ab', { streaming: false }))],
  'a text that changes': [card(text('a', on)), card(text('b', on))],
  'a text that shrinks': [card(text('ab', on)), card(text('a', on))],
  'a text without an id that changes': [
    card({ type: 'Text', value: 'Hello' }),
    card({ type: 'Text', value: 'world!' }),
  ],
  'two texts that grow': [card(text('a', on), markdown('b', on)), card(text('aa', on), markdown('bb', on))],
  'a text far down that grows': [card(row(row(text('a', on)))), card(row(row(text('ab', on))))],
  'a markdown that grows': [card(markdown('# a')), card(markdown('# a\n\nb'))],
  'a title that grows, which is not streamed': [
    card({ type: 'Title', id: 't', value: 'a' }),
    card({ type: 'Title', id: 't', value: 'ab' }),
  ],
  'a child more': [card(text('a')), card(text('a'), markdown('b'))],
  'a child fewer': [card(text('a'), markdown('b')), card(text('a'))],
  'children in another order': [card(text('a'), markdown('b')), card(markdown('b'), text('a'))],
  'another type of child': [card(text('a')), card({ ...text('a'), type: 'Markdown' })],
  'another id of a child': [card(text('a')), card({ ...text('a'), id: 'u' })],
  'another key of the root': [
    { ...card(text('a')), key: 'k1' },
    { ...card(text('a')), key: 'k2' },
  ],
  'another root': [card(text('a')), { type: 'Basic', children: [text('a')] }],
  'a prop that changes': [
    { ...card(text('a')), size: 'sm' },
    { ...card(text('a')), size: 'md' },
  ],
  'a prop that changes deep inside': [
    { ...card(), confirm: { label: 'OK', action: { type: 'a', payload: { n: 1 } } } },
    { ...card(), confirm: { label: 'OK', action: { type: 'a', payload: { n: 2 } } } },
  ],
  'a text that grows while a prop changes': [
    card(text('a', { size: 'sm' })),
    card(text('ab', { size: 'md' })),
  ],
  'texts in many scripts that grow': [card(text('Grü')), card(text('Grüße 👩‍👩')), card(text('Grüße 👩‍👩‍👧'))],
  'nulls that come and go': [card(text('a', { size: null })), card(text('ab', { size: null }))],
  'a list view': [
    { type: 'ListView', children: [{ type: 'ListViewItem', key: '1', children: [text('a')] }] },
    { type: 'ListView', children: [{ type: 'ListViewItem', key: '1', children: [text('ab')] }] },
  ],
  'no state at all': [],
  'a text without an id that grows': [
    card({ type: 'Text', value: 'a' }),
    card({ type: 'Text', value: 'ab' }),
  ],
  'a text in a single child that grows': [
    { type: 'Card', children: { type: 'Row', children: text('a') } },
    { type: 'Card', children: { type: 'Row', children: text('ab') } },
  ],
  'a prop that appears': [card(text('a')), card(text('a', { size: 'sm' }))],
  'a prop that vanishes': [card(text('a', { size: 'sm' })), card(text('a'))],
  'two texts with one id': [card(text('a'), row(text('x'))), card(text('ab'), row(text('xy')))],
};

const WIDGETS: Readonly<Record<string, JsonObject>> = {
  'of nothing': { type: 'Card', children: [] },
  'without children': { type: 'Basic' },
  'with nulls of every kind': {
    type: 'Card',
    id: null,
    key: null,
    size: null,
    children: [
      {
        type: 'Text',
        value: 'a',
        weight: null,
        action: { type: 'x', payload: { a: null, b: [null, 1, { c: null }] } },
      },
    ],
  },
  'with nulls under children of data': {
    type: 'Card',
    children: [
      {
        type: 'Button',
        onClickAction: { type: 'x', payload: { children: null, list: [{ children: null }] } },
      },
    ],
  },
  'with a single child': { type: 'Card', children: { type: 'Text', value: 'a' } },
  'with null for children': { type: 'Card', children: null },
  'with actions in full': {
    type: 'Card',
    asForm: true,
    confirm: {
      label: 'Save',
      action: {
        type: 'save',
        payload: { id: 1 },
        handler: 'server',
        loadingBehavior: 'container',
        streaming: false,
      },
    },
    children: [],
  },
  'with props that nobody knows': {
    type: 'Card',
    children: [{ type: 'Sparkle', level: 9000, nested: { deep: [1, 'two', true] } }],
    'x-y': 1.5,
  },
  'with texts in many scripts': {
    type: 'Card',
    children: [{ type: 'Text', value: 'Grüße 你好 \u2028 👋 null' }],
  },
  'of many components': {
    type: 'Card',
    children: Array.from({ length: 200 }, (_, n) => ({
      type: 'Text',
      id: `t${String(n)}`,
      value: 'x'.repeat(n),
    })),
  },
  'with components inside props': {
    type: 'Card',
    status: { text: 'Hi', icon: null },
    children: [{ type: 'Box', children: [{ type: 'Box', children: [] }] }],
  },
};

export const widgets: Scenario[] = [
  ...Object.entries(STREAMS).map(([name, states]): Scenario => ({
    name: `A widget is streamed: ${name}`,
    exchanges: [create([{ widgets: states, copyText: 'Copy' }])],
  })),
  ...Object.entries(WIDGETS).map(([name, widget]): Scenario => ({
    name: `A widget ${name}`,
    exchanges: [create([done({ id: 'w', type: 'widget', widget })]), get],
  })),
  {
    name: 'A widget that is streamed without a copy text',
    exchanges: [create([{ widgets: [card(text('a')), card(text('ab'))] }])],
  },
  {
    name: 'Two widgets are streamed one after the other',
    exchanges: [
      create([{ widgets: [card(text('a')), card(text('ab'))] }, { widgets: [card(text('c'))] }]),
      get,
    ],
  },
  {
    name: 'A streamed widget is not kept when the stream is cut off',
    exchanges: [
      create(
        [
          { emit: { type: 'thread.item.added', item: { id: 'w', type: 'widget', widget: card(text('a')) } } },
          pause,
        ],
        { hangUp: 'paused' },
      ),
      get,
    ],
  },
];
