import type { JsonObject } from '../language';
import { itemsOf, requestOf, threadIn, type Comparison, type Rule } from './rule';

/*
 * What a page of items is in ours follows from what is stored. Each rule says when that is not what
 * the reference sends.
 */

function pageRule(name: string, applies: (items: JsonObject[], comparison: Comparison) => boolean): Rule {
  return {
    name,
    apply(comparison) {
      const { exchange, expected, before } = comparison;
      const { type } = requestOf(exchange);
      const thread = threadIn(before, exchange);
      if (thread === undefined || expected.reply.status !== 200) return;
      if (type !== 'items.list' && type !== 'threads.get_by_id') return;
      if (!applies(itemsOf(thread), comparison)) return;
      const { json } = expected.reply as { json: JsonObject };
      if (type === 'items.list') expected.reply.json = page(comparison, thread);
      else json['items'] = page(comparison, thread);
    },
  };
}

const isHidden = ({ type }: JsonObject): boolean =>
  type === 'hidden_context_item' || type === 'sdk_hidden_context';

function page({ exchange, before, memory }: Comparison, thread: JsonObject): JsonObject {
  const { type, params } = requestOf(exchange);
  const given = type === 'items.list' ? params : { order: 'asc' };
  const limit = Math.min(Number(given['limit'] ?? 0) || 20, 100);
  const ids = memory.everStored.get(thread['id'] as string) ?? [];
  const after = resolve(given['after'], before);
  const cursor = after === undefined ? undefined : ids.indexOf(after);
  const isAsc = given['order'] === 'asc';
  const ordered = isAsc ? itemsOf(thread) : itemsOf(thread).toReversed();
  const found = ordered.filter((item) => {
    if (isHidden(item)) return false;
    const place = ids.indexOf(item['id'] as string);
    return cursor === undefined || (isAsc ? place > cursor : place < cursor);
  });
  const data = found.slice(0, limit).map((item) => asSent(item));
  const last = data.at(-1);
  return found.length > limit && last !== undefined
    ? { data, has_more: true, after: last['id']! }
    : { data, has_more: false };
}

/** Attachments go without their metadata. */
function asSent(item: JsonObject): JsonObject {
  const copy = structuredClone(item);
  for (const attachment of (copy['attachments'] ?? []) as JsonObject[]) delete attachment['metadata'];
  return copy;
}

function isInOrderOfStoring(items: JsonObject[], { exchange, expected }: Comparison): boolean {
  const { type, params } = requestOf(exchange);
  const json = expected.reply.json as JsonObject;
  const shown = (type === 'items.list' ? json : (json['items'] as JsonObject))['data'] as JsonObject[];
  const places = shown.map(({ id }) => items.findIndex((item) => item['id'] === id));
  const isAsc = type !== 'items.list' || params['order'] === 'asc';
  return places.every((place, index) => index === 0 || isAsc === place > places[index - 1]!);
}

function resolve(after: unknown, { threads }: Comparison['before']): string | undefined {
  if (typeof after !== 'string' || after === '') return undefined;
  if (after !== '{{message}}') return after;
  const messages = threads.flatMap(itemsOf).filter((item) => item['type'] === 'user_message');
  return messages.at(-1)?.['id'] as string;
}

export const pages: Rule[] = [
  pageRule(
    'items are in the order in which they were stored',
    (items, comparison) =>
      items.some((item) => item['created_at'] !== '<time>') || !isInOrderOfStoring(items, comparison),
  ),
  pageRule('a cursor stays valid when its item is deleted', (items, { exchange, before, memory }) => {
    const after = resolve(requestOf(exchange).params['after'], before);
    const thread = threadIn(before, exchange);
    const ids = memory.everStored.get(thread?.['id'] as string) ?? [];
    return after !== undefined && ids.includes(after) && !items.some(({ id }) => id === after);
  }),
  pageRule('an item that is done twice is stored once', (_, { exchange, before, memory }) =>
    memory.doubled.has(threadIn(before, exchange)?.['id']),
  ),
  pageRule(
    'text that was shown is kept',
    (_, { exchange, before, memory }) =>
      (memory.kept.get(threadIn(before, exchange)?.['id'])?.length ?? 0) > 0,
  ),
  pageRule('hidden items do not shorten pages', (items) => items.some(isHidden)),
  pageRule(
    'a page has at most a hundred entries',
    (_, { exchange }) => Number(requestOf(exchange).params['limit'] ?? 0) > 100,
  ),
];
