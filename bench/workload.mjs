/*
 * The one thing that all servers do: an `item.select` on a stored widget, answered with four events.
 * The widget of the answer is made from the stored one, as handlers do, so that every server has to
 * read what it has stored. No two connections use the same thread at the same time, so that no server's
 * lock or list is what is measured.
 */

export const PATH = '/chatkit';
export const THREADS = 256;

export const threadId = (index) => `thr_${String(index).padStart(32, '0')}`;
export const senderId = (index) => `wgt_${String(index).padStart(32, '0')}`;

const TIME = '2025-01-01T00:00:00.000Z';
const ROWS = 6;
const SELECTED = 'item_2';

function row(number, selected) {
  const id = `item_${String(number)}`;
  return {
    type: 'ListViewItem',
    id,
    gap: 3,
    onClickAction: { type: 'item.select', payload: { id }, handler: 'server', loadingBehavior: 'auto' },
    children: [
      {
        type: 'Image',
        src: `https://shop.example/images/${id}.png`,
        alt: `Item ${String(number)}`,
        size: 48,
      },
      {
        type: 'Col',
        flex: 1,
        children: [
          { type: 'Text', value: `Item ${String(number)}`, weight: id === selected ? 'bold' : 'normal' },
          { type: 'Caption', value: id === selected ? 'Selected' : 'Tap to select' },
        ],
      },
    ],
  };
}

/** The widget, about 2.8 KB of JSON. */
function listWidget(selected) {
  const children = [];
  for (let number = 1; number <= ROWS; number += 1) children.push(row(number, selected));
  return { type: 'ListView', status: { text: selected === undefined ? 'Choose' : 'Chosen' }, children };
}

/** The widget with another row selected, as a handler makes it from the sender's: nothing of that is changed. */
export function withSelected(widget, selected) {
  return {
    ...widget,
    status: { text: 'Chosen' },
    children: widget.children.map((each) => withMark(each, selected)),
  };
}

function withMark(listItem, selected) {
  const isSelected = listItem.id === selected;
  const [image, column] = listItem.children;
  const [title, caption] = column.children;
  return {
    ...listItem,
    children: [
      image,
      {
        ...column,
        children: [
          { ...title, weight: isSelected ? 'bold' : 'normal' },
          { ...caption, value: isSelected ? 'Selected' : 'Tap to select' },
        ],
      },
    ],
  };
}

export const hiddenText = (id) => `<SELECTED>${id}</SELECTED>`;
export const replyText = (id) => `Selected ${id}. What next?`;

/** What every server has stored before the first request. */
export function seed() {
  return Array.from({ length: THREADS }, (_, index) => ({
    thread: { id: threadId(index), created_at: TIME, status: { type: 'active' }, metadata: {} },
    sender: {
      id: senderId(index),
      thread_id: threadId(index),
      created_at: TIME,
      type: 'widget',
      widget: listWidget(undefined),
    },
  }));
}

/** The body that the browser sends for a click in the widget of one thread. */
export function requestBody(index) {
  const action = { type: 'item.select', payload: { id: SELECTED } };
  return actionBody({ thread_id: threadId(index), item_id: senderId(index), action });
}

/** The body for an action of the page itself. */
export const pageAction = (index, type) => actionBody({ thread_id: threadId(index), action: { type } });

const actionBody = (params) => JSON.stringify({ type: 'threads.custom_action', params });

/** What a user of the quickstart does, in this order over and over: what is stored or listed, and the body for a thread. */
const CLICK = { stores: { hidden_context_item: 1, assistant_message: 1 }, body: requestBody };
const MESSAGE = { stores: { user_message: 1, assistant_message: 1 }, body: messageBody };
const ITEMS = {
  stores: {},
  list: 'items',
  body: (index) => listBody('items.list', { thread_id: threadId(index) }),
};
const THREAD_LIST = { stores: {}, list: 'threads', body: () => listBody('threads.list', {}) };
export const MIX = [THREAD_LIST, ITEMS, CLICK, CLICK, ITEMS, MESSAGE, CLICK, ITEMS];

function messageBody(index) {
  const content = [{ type: 'input_text', text: 'What else is there?' }];
  const input = { content, attachments: [], inference_options: {} };
  return JSON.stringify({ type: 'threads.add_user_message', params: { thread_id: threadId(index), input } });
}

const listBody = (type, params) => JSON.stringify({ type, params: { ...params, limit: 20, order: 'desc' } });

/** The threads of one of `connections`: no other uses them. */
export function threadsOf(connection, connections) {
  return Array.from({ length: THREADS }, (_, index) => index).filter(
    (index) => index % connections === connection,
  );
}

/** The requests of one of `connections`, whole, ready for the socket: clicks in all its threads. */
export function rawRequests(connection, connections, port) {
  return threadsOf(connection, connections).map((index) => rawRequest(requestBody(index), port));
}

/** The same with all of the mix in each of its threads. */
export function mixedRequests(connection, connections, port) {
  return threadsOf(connection, connections).flatMap((index) =>
    MIX.map(({ body }) => rawRequest(body(index), port)),
  );
}

/** A request with a body, whole. */
export function rawRequest(body, port) {
  return Buffer.from(
    `POST ${PATH} HTTP/1.1\r\nhost: 127.0.0.1:${String(port)}\r\nconnection: keep-alive\r\n` +
      `accept: text/event-stream\r\naccept-language: en\r\ncontent-type: application/json\r\n` +
      `content-length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`,
  );
}

/** The three events that the client must see, without the id and time that each server makes up. */
export function expectedEvents(index) {
  const { sender } = seed()[index];
  return [
    { type: 'thread.item.replaced', item: { ...sender, widget: listWidget(SELECTED) } },
    {
      type: 'thread.item.done',
      item: {
        thread_id: sender.thread_id,
        type: 'assistant_message',
        content: [{ type: 'output_text', text: replyText(SELECTED), annotations: [] }],
      },
    },
    { type: 'client_effect', name: 'selection_mode', data: { itemId: SELECTED } },
  ];
}

/** What the thread must hold afterwards. */
export const EXPECTED_ITEMS = ['widget', 'hidden_context_item', 'assistant_message'];
