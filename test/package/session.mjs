// A short ChatKit session, as a client sends it, against a fixture's server.
import assert from 'node:assert/strict';

export const message = {
  content: [{ type: 'input_text', text: 'Hi' }],
  attachments: [],
  inference_options: {},
};

/** @param {string} url of the chat's endpoint */
export async function playSession(url) {
  const created = await stream(url, { type: 'threads.create', params: { input: message } });
  assert.deepEqual(types(created), [
    'thread.created',
    'thread.item.done user_message',
    'stream_options',
    'thread.item.done assistant_message',
  ]);
  assert.equal(created[3].item.content[0].text, 'Hello!');

  const threadId = created[0].thread.id;
  const act = (payload) =>
    stream(url, {
      type: 'threads.custom_action',
      params: { thread_id: threadId, action: { type: 'item.select', payload } },
    });
  const selected = await act({ id: 'item_1' });
  assert.deepEqual(types(selected), [
    'stream_options',
    'thread.item.done assistant_message',
    'client_effect',
  ]);
  assert.equal(selected[1].item.content[0].text, 'Selected item_1.');
  assert.deepEqual(selected[2].data, { itemId: 'item_1' });

  const refused = await act({});
  assert.deepEqual(types(refused), ['stream_options', 'error']);
  assert.match(refused[1].message, /\bid\b/, 'the error names the field');

  const page = await post(url, {
    type: 'items.list',
    params: { thread_id: threadId, order: 'asc' },
  }).then((response) => response.json());
  assert.deepEqual(
    page.data.map((item) => item.type),
    ['user_message', 'assistant_message', 'assistant_message'],
  );
}

/** Says hello to a guide's chat, and clicks in the first widget that it answers with. */
export async function converse(url, { headers, answer, click, clicked }) {
  const input = { ...message, content: [{ type: 'input_text', text: 'Hello' }] };
  const created = await stream(url, { type: 'threads.create', params: { input } }, headers);
  assert.ok(textsOf(created).includes(answer), `answered: ${JSON.stringify(created)}`);
  const widget = created.find(({ item }) => item?.type === 'widget').item;
  const params = { thread_id: widget.thread_id, item_id: widget.id, action: click };
  const acted = await stream(url, { type: 'threads.custom_action', params }, headers);
  assert.ok(textsOf(acted).includes(clicked), `answered: ${JSON.stringify(acted)}`);
}

const textsOf = (events) =>
  events
    .filter(({ type, item }) => type === 'thread.item.done' && item.type === 'assistant_message')
    .map(({ item }) => item.content[0].text);

export function post(url, body, headers = {}) {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
}

export async function stream(url, body, headers) {
  const response = await post(url, body, headers);
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return text
    .split('\n\n')
    .filter((block) => block.startsWith('data: '))
    .map((block) => JSON.parse(block.slice('data: '.length)));
}

const types = (events) => events.map(({ type, item }) => (item ? `${type} ${item.type}` : type));
