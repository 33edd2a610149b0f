import type { JsonObject } from '../language';

export const text = (value: string, fields: JsonObject = {}): JsonObject => ({
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
export const card = (...children: JsonObject[]): JsonObject => ({ type: 'Card', children });
const row = (...children: JsonObject[]): JsonObject => ({ type: 'Row', children });
const on = { streaming: true };

/** The states of streamed widgets. */
export const STREAMS: Readonly<Record<string, JsonObject[]>> = {
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
};

/** Where the reference says nothing, or breaks. */
export const STREAMS_BEYOND: Readonly<Record<string, JsonObject[]>> = {
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
