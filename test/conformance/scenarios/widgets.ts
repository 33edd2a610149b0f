import type { JsonObject, Scenario } from '../language';
import { create, done, get, pause } from './parts';
import { card, STREAMS, STREAMS_BEYOND, text } from './widget-states';

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
  ...Object.entries({ ...STREAMS, ...STREAMS_BEYOND }).map(([name, states]): Scenario => ({
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
