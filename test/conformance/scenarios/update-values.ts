import type { JsonObject } from '../language';
import { card, message } from './parts';
import { annotation, SOURCES, TASKS } from './values';

const part = (text: string, annotations: JsonObject[] = []): JsonObject => ({
  type: 'output_text',
  text,
  annotations,
});
export const M = 'assistant_message.content_part';
export const message_ = message('i1', 'He');
export const workflow: JsonObject = {
  id: 'i1',
  type: 'workflow',
  workflow: { type: 'custom', tasks: [TASKS['a thought in full']!] },
};
const widget: JsonObject = { id: 'i1', type: 'widget', widget: card('a') };
const image: JsonObject = { id: 'i1', type: 'generated_image' };

/** An item, and what becomes of it while it is being written. */
export const UPDATES: Readonly<Record<string, [item: JsonObject, ...updates: JsonObject[]]>> = {
  'a part added': [
    message('i1', '', { content: [] }),
    { type: `${M}.added`, content_index: 0, content: part('') },
  ],
  'a part added that leaves its defaults out': [
    message_,
    { type: `${M}.added`, content_index: 1, content: { type: 'output_text', text: 'more' } },
  ],
  'a text delta': [message_, { type: `${M}.text_delta`, content_index: 0, delta: 'llo' }],
  'an empty text delta': [message_, { type: `${M}.text_delta`, content_index: 0, delta: '' }],
  'a text delta of a part that nobody announced': [
    message_,
    { type: `${M}.text_delta`, content_index: 3, delta: 'x' },
  ],
  'many text deltas': [
    message_,
    ...['l', 'l', 'o', ' ', '🌍'].map((delta) => ({ type: `${M}.text_delta`, content_index: 0, delta })),
  ],
  ...Object.fromEntries(
    Object.entries(SOURCES).map(([name, source]): [string, [JsonObject, JsonObject]] => [
      `an annotation of ${name}`,
      [
        message_,
        {
          type: `${M}.annotation_added`,
          content_index: 0,
          annotation_index: 0,
          annotation: annotation(source, 2),
        },
      ],
    ]),
  ),
  'an annotation of a part that left its annotations out': [
    message('i1', '', { content: [{ type: 'output_text', text: 'hi' }] }),
    {
      type: `${M}.annotation_added`,
      content_index: 0,
      annotation_index: 0,
      annotation: annotation(SOURCES['a bare URL']!),
    },
  ],
  'an annotation far beyond the others': [
    message_,
    {
      type: `${M}.annotation_added`,
      content_index: 0,
      annotation_index: 1e6,
      annotation: annotation(SOURCES['a bare URL']!),
    },
  ],
  'a text delta of the hundredth part': [
    message_,
    { type: `${M}.text_delta`, content_index: 99, delta: 'x' },
  ],
  'annotations out of order': [
    message_,
    ...[5, 0, 1].map((annotation_index) => ({
      type: `${M}.annotation_added`,
      content_index: 0,
      annotation_index,
      annotation: annotation({ type: 'file', filename: `${String(annotation_index)}.txt`, title: 'T' }),
    })),
  ],
  'a part done': [
    message_,
    { type: `${M}.done`, content_index: 0, content: part('Hello', [annotation(SOURCES['a file']!)]) },
  ],
  'a part done that nobody announced': [
    message_,
    { type: `${M}.done`, content_index: 2, content: part('Hello') },
  ],
  'a delta of a streamed text': [
    widget,
    { type: 'widget.streaming_text.value_delta', component_id: 'text', delta: 'b', done: false },
  ],
  'the last delta of a streamed text': [
    widget,
    { type: 'widget.streaming_text.value_delta', component_id: 'text', delta: '', done: true },
  ],
  'a new root of a widget': [widget, { type: 'widget.root.updated', widget: card('b') }],
  'a new root with nulls': [
    widget,
    {
      type: 'widget.root.updated',
      widget: {
        type: 'Card',
        id: null,
        children: [{ type: 'Text', value: 'b', size: null }],
        extra: { a: null },
      },
    },
  ],
  'a new component of a widget': [
    widget,
    {
      type: 'widget.component.updated',
      component_id: 'text',
      component: { type: 'Markdown', value: 'b', streaming: null },
    },
  ],
  ...Object.fromEntries(
    Object.entries(TASKS).flatMap(([name, task]): [string, [JsonObject, JsonObject]][] => [
      [`${name} added to a workflow`, [workflow, { type: 'workflow.task.added', task_index: 1, task }]],
      [`${name} in the place of another`, [workflow, { type: 'workflow.task.updated', task_index: 0, task }]],
    ]),
  ),
  'an image with its progress': [
    image,
    { type: 'generated_image.updated', image: { id: 'g', url: 'https://e.com/1' }, progress: 0.5 },
  ],
  'an image without progress': [
    image,
    { type: 'generated_image.updated', image: { id: 'g', url: 'https://e.com/2' }, progress: null },
  ],
  'an image at its end': [
    image,
    { type: 'generated_image.updated', image: { id: 'g', url: 'data:image/png;base64,AA==' }, progress: 1 },
  ],
};
