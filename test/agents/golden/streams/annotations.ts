import { api, BY_TYPES, inResponse, message, messageItem, outputText, type Stream } from '../stream';

const url = {
  type: 'url_citation',
  url: 'https://shop.example/jug',
  title: 'Milk jug',
  start_index: 0,
  end_index: 5,
};
const file = { type: 'file_citation', file_id: 'file_1', filename: 'jugs.pdf', index: 3 };
const container = {
  type: 'container_file_citation',
  container_id: 'c_1',
  file_id: 'cf_1',
  filename: 'chart.png',
  start_index: 1,
  end_index: 4,
};
const nameless = { ...file, filename: '' };
const path = { type: 'file_path', file_id: 'file_2', index: 0 };
const cited = (name: string, ...annotations: unknown[]): Stream => ({
  name,
  source: BY_TYPES,
  steps: inResponse(message(['Jug: ', '9 €'], { annotations })),
});
const known = [
  { type: 'annotation', source: { type: 'url', url: url.url, title: url.url } },
  { type: 'annotation', source: { type: 'file', filename: file.filename, title: file.filename } },
];
const update = (fields: object) => ({ type: 'thread.item.updated', item_id: '#1', update: fields });
const part = (change: string, text: string) =>
  update({
    type: `assistant_message.content_part.${change}`,
    content_index: 0,
    content: { type: 'output_text', text, annotations: [] },
  });
const at = (content_index: number) => ({ item_id: 'msg_1', output_index: 0, content_index });

export const ANNOTATIONS: Stream[] = [
  cited('a citation of a web page', url),
  cited('a citation of a file', file),
  cited('a citation of a file of the code interpreter', container),
  cited('three citations', file, container, url),
  cited('a file without a name between others', url, nameless, file),
  cited('a path of a file, which is no citation', path),
  {
    name: 'citations in two parts, counted each for itself',
    source: BY_TYPES,
    steps: inResponse(
      api('output_item.added', { output_index: 0, item: messageItem('msg_1', [], 'in_progress') }),
      ...[0, 1].flatMap((index) => [
        api('content_part.added', { ...at(index), part: outputText('') }),
        api('output_text.delta', { ...at(index), delta: 'Jug', logprobs: [] }),
        api('output_text.annotation.added', { ...at(index), annotation_index: 0, annotation: url }),
        api('output_text.annotation.added', { ...at(index), annotation_index: 1, annotation: file }),
        api('output_text.done', { ...at(index), text: 'Jug', logprobs: [] }),
      ]),
      api('output_item.done', {
        output_index: 0,
        item: messageItem('msg_1', [outputText('Jug', [url, file]), outputText('Jug', [url, file])]),
      }),
    ),
  },
  {
    name: 'all kinds of citations in a message that is there at once',
    source: 'test_stream_agent_response_assistant_message_content_types of the reference',
    steps: inResponse(
      api('output_item.done', {
        output_index: 0,
        item: messageItem('msg_1', [outputText('Hello, world!', [file, container, url, path])]),
      }),
    ),
  },
  {
    ...cited(
      'citations with nulls for what is not known',
      { ...url, title: null, end_index: null },
      { ...url, url: null },
      { ...file, index: null },
      { ...container, filename: null },
    ),
    source: 'servers that speak the API and send null for what they do not know',
    differs: {
      why: 'The reference fails. This package shows what is known, and leaves out a page without a URL and a file without a name.',
      ours: {
        events: [
          { type: 'thread.item.added', item: { id: '#1', type: 'assistant_message', content: [] } },
          part('added', ''),
          update({ type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'Jug: ' }),
          update({ type: 'assistant_message.content_part.text_delta', content_index: 0, delta: '9 €' }),
          ...known.map((annotation, annotation_index) =>
            update({
              type: 'assistant_message.content_part.annotation_added',
              content_index: 0,
              annotation_index,
              annotation,
            }),
          ),
          part('done', 'Jug: 9 €'),
          {
            type: 'thread.item.done',
            item: {
              id: '#1',
              type: 'assistant_message',
              content: [{ type: 'output_text', text: 'Jug: 9 €', annotations: known }],
            },
          },
        ],
        stored: [],
      },
    },
  },
];
