/* What the hand-written servers have in common: a Map for a store, and the events as object literals. */
import { randomUUID } from 'node:crypto';
import { hiddenText, replyText, seed, withSelected } from '../workload.mjs';

const threads = new Map();

export function reset() {
  threads.clear();
  for (const { thread, sender } of seed()) {
    threads.set(thread.id, { thread, items: new Map([[sender.id, sender]]) });
  }
}

export const storedTypes = (threadId) => [...threads.get(threadId).items.values()].map((item) => item.type);

/** The thread and the widget that a request names, or `undefined`. */
export function find({ thread_id, item_id }) {
  const record = threads.get(thread_id);
  const sender = record?.items.get(item_id);
  return sender?.type === 'widget' ? { ...record, sender } : undefined;
}

const newId = (prefix) => `${prefix}_${randomUUID()}`;

/** The events of a click, and the start of a run that the protocol asks for. */
export function select({ thread, sender }, id) {
  const thread_id = thread.id;
  const created_at = new Date().toISOString();
  return [
    { type: 'stream_options', stream_options: { allow_cancel: true } },
    { type: 'thread.item.replaced', item: { ...sender, widget: withSelected(sender.widget, id) } },
    {
      type: 'thread.item.done',
      item: {
        id: newId('hcx'),
        thread_id,
        created_at,
        type: 'hidden_context_item',
        content: hiddenText(id),
      },
    },
    {
      type: 'thread.item.done',
      item: {
        id: newId('msg'),
        thread_id,
        created_at,
        type: 'assistant_message',
        content: [{ type: 'output_text', text: replyText(id), annotations: [] }],
      },
    },
    { type: 'client_effect', name: 'selection_mode', data: { itemId: id } },
  ];
}

/** Stores an event's item; `false` when the client must not see it. */
export function store({ items }, { item }) {
  if (item === undefined) return true;
  items.set(item.id, item);
  return item.type !== 'hidden_context_item';
}

export const frame = (event) => `data: ${JSON.stringify(event)}\n\n`;

export const SSE_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
};

/** Hands a request's parsed body to `answer`; for `node:http`, without any checks. */
export function withBody(answer) {
  return (req, res) => {
    const chunks = [];
    req.on('data', (chunk) => chunks.push(chunk));
    req.on('end', () => answer(JSON.parse(Buffer.concat(chunks).toString()), res));
  };
}
