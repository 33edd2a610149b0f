import type { VisibleItem } from 'chatkit-controllers/client';
import { isStream, type LoggedRequest } from '../../data/logged-request';
import { literal, quoted } from '../literal';
import { sentIn, threadOf, type Sent } from './sent';

type Items = readonly VisibleItem[];

/**
 * The code of the `testChat` call that sends a request again.
 *
 * @param items the items of the thread before the request
 */
export function callOf(request: LoggedRequest, items: Items): string {
  const sent = sentIn(request);
  const code = (value: unknown): string => withIds(literal(value, '  '), threadOf(request), items);
  // The user pressed Stop, or the page lost the connection.
  const hangUp = request.failure === undefined ? [] : [`hangUpAfter: ${String(request.events.length)}`];
  const called = (method: string, args: string[], options = hangUp): string => {
    const last = options.length === 0 ? [] : [`{ ${options.join(', ')} }`];
    const given = args.findLastIndex((each) => last.length > 0 || each !== 'undefined') + 1;
    return `chat.${method}(${[...args.slice(0, given), ...last].join(', ')})`;
  };
  switch (request.operation) {
    case 'threads.create':
    case 'threads.add_user_message':
      return called('send', [code(messageIn(sent))]);
    case 'threads.custom_action':
      return called('action', actionIn(sent, code), [...senderIn(sent, items), ...hangUp]);
    case 'threads.sync_custom_action':
      return called('syncAction', actionIn(sent, code), senderIn(sent, items));
    case 'threads.retry_after_item':
      return called('retry', [isNewest(sent.item_id, items) ? 'undefined' : itemAt(sent.item_id, items)]);
    case 'threads.add_client_tool_output':
      return called('toolOutput', [code(sent.result)]);
    case 'threads.add_structured_input':
      return called('answer', [code(sent.input)]);
    case 'items.feedback':
      return called('feedback', [code(sent.kind), itemAt(sent.item_ids?.[0], items)]);
    default: {
      const args = [quoted(request.operation), code(sent)];
      return isStream(request)
        ? `${called('client.stream', args, [])}.collect()`
        : called('client.send', args);
    }
  }
}

/** Replaces ids, which differ in each run, with code that reads them from the thread. */
export function withIds(code: string, threadId: string | undefined, items: Items): string {
  const known = items.map(({ id }, index): [string, string] => [
    id,
    `chat.thread.items[${String(index)}]!.id`,
  ]);
  if (threadId !== undefined) known.push([threadId, 'chat.threadId']);
  return known.reduce((text, [id, read]) => text.replaceAll(quoted(id), read), code);
}

/** The message of a request; a string if it has nothing but text. */
function messageIn({ input }: Sent): unknown {
  const { content = [], quoted_text, inference_options } = input ?? {};
  const [first] = content;
  const text = content.length === 1 && first?.type === 'input_text' ? first.text : content;
  const others = Object.entries({ quoted_text, inference_options }).filter(([, value]) => !isEmpty(value));
  return others.length === 0 ? text : { content: text, ...Object.fromEntries(others) };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (isObject(value) && Object.keys(value).length === 0);
}

function actionIn({ action }: Sent, code: (value: unknown) => string): string[] {
  const { type = '', payload } = action ?? {};
  // The widget in the test has its own signature.
  const own: unknown = isObject(payload) ? { ...payload, $signature: undefined } : payload;
  return [quoted(type), code(own)];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The test kit finds the newest widget that can send an action; if several can, the sender is named. */
function senderIn({ item_id, action }: Sent, items: Items): string[] {
  if (typeof item_id !== 'string') return ['sender: null'];
  const able = items.filter((item) =>
    JSON.stringify(item).includes(`"type":${JSON.stringify(action?.type)}`),
  );
  if (able.at(-1)?.id === item_id && able.length === 1) return [];
  return [`sender: ({ id }) => id === ${itemAt(item_id, items)}?.id`];
}

function isNewest(id: string | undefined, items: Items): boolean {
  return items.findLast(({ type }) => type === 'user_message')?.id === id;
}

function itemAt(id: string | undefined, items: Items): string {
  const index = items.findIndex((item) => item.id === id);
  return index === -1 ? 'undefined' : `chat.thread.items[${String(index)}]`;
}
