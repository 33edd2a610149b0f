import type { Json, JsonObject, Send, Step } from '../language';

/* Words of which scenarios are made. */

/** A user's message as the composer sends it. */
export function input(text: string, fields: JsonObject = {}): JsonObject {
  return { content: [{ type: 'input_text', text }], attachments: [], inference_options: {}, ...fields };
}

type Rest = Omit<Send, 'send' | 'handler'>;

export function create(handler: Step[] = [], rest: Rest & { input?: Json } = {}): Send {
  const { input: given, ...others } = rest;
  return { send: { type: 'threads.create', params: { input: given ?? input('Hello') } }, handler, ...others };
}

export function say(handler: Step[] = [], rest: Rest & { input?: Json } = {}): Send {
  const { input: given, ...others } = rest;
  const params = { thread_id: '{{thread}}', input: given ?? input('And then?') };
  return { send: { type: 'threads.add_user_message', params }, handler, ...others };
}

/** Any operation; most take a thread. */
export function request(type: string, params: JsonObject = {}, handler: Step[] = [], rest: Rest = {}): Send {
  return { send: { type, params: { thread_id: '{{thread}}', ...params } }, handler, ...rest };
}

export function act(name: string, handler: Step[], params: JsonObject = {}, rest: Rest = {}): Send {
  return request('threads.custom_action', { action: { type: name }, ...params }, handler, rest);
}

export function sync(name: string, handler: Step[], params: JsonObject = {}): Send {
  return request('threads.sync_custom_action', { action: { type: name }, ...params }, handler);
}

export const done = (item: JsonObject): Step => ({ emit: { type: 'thread.item.done', item } });
export const added = (item: JsonObject): Step => ({ emit: { type: 'thread.item.added', item } });
export const replaced = (item: JsonObject): Step => ({ emit: { type: 'thread.item.replaced', item } });
export const removed = (item_id: string): Step => ({ emit: { type: 'thread.item.removed', item_id } });
export const updated = (item_id: string, update: JsonObject): Step => ({
  emit: { type: 'thread.item.updated', item_id, update },
});
export const progress = (text: string): Step => ({ emit: { type: 'progress_update', text } });
export const pause: Step = { pause: true };

export function message(id: string, text: string, fields: JsonObject = {}): JsonObject {
  return {
    id,
    type: 'assistant_message',
    content: [{ type: 'output_text', text, annotations: [] }],
    ...fields,
  };
}

export function widget(id: string, text = 'A widget', fields: JsonObject = {}): JsonObject {
  return { id, type: 'widget', widget: card(text), ...fields };
}

export function card(text: string): JsonObject {
  return { type: 'Card', children: [{ type: 'Text', id: 'text', value: text }] };
}

export function hidden(id: string, content: Json = 'not for the client'): JsonObject {
  return { id, type: 'hidden_context_item', content };
}

/** Keys below which lies the application's own data, or a widget's props. */
const FREE = new Set([
  'widget',
  'component',
  'data',
  'arguments',
  'output',
  'metadata',
  'headers',
  'payload',
]);

/** The value with a field in each of its objects that the protocol does not have. */
export function planted<T extends Json>(value: T): T {
  return plantedIn(value, '') as T;
}

function plantedIn(value: Json, key: string): Json {
  if (FREE.has(key) || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => plantedIn(element, ''));
  const isHidden = value['type'] === 'hidden_context_item';
  const entries = Object.entries(value).map(([name, child]): [string, Json] => [
    name,
    isHidden && name === 'content' ? child : plantedIn(child, name),
  ]);
  return { ...Object.fromEntries(entries), secret: { of: 'the server' } };
}

export const list = (params: JsonObject = {}): Send => request('items.list', params);
export const get: Send = request('threads.get_by_id');
