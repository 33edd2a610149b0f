import { hasText } from '../../../src/pipeline/shown-items';
import type { AssistantMessageItem } from '../../../src/protocol';
import { isEqual } from '../equal';
import type { Json, JsonObject } from '../language';
import { happenings } from './happenings';
import {
  itemsOf,
  refuse,
  removedIn,
  requestOf,
  retried,
  threadIn,
  type Comparison,
  type Kept,
  type Rule,
} from './rule';

const NOTE = 'The answer above broke off before it was complete. Do not continue it unasked.';

/** How far ahead of a message's parts an update may be. */
const PARTS_AHEAD = 100;

/** Those of hidden items included. */
const eventsOf = (comparison: Comparison): JsonObject[] =>
  happenings(comparison).flatMap((each) => ('event' in each ? [each.event] : []));

/** The messages among the events that have text and were never done, as far as they have come. */
function unfinished(events: readonly JsonObject[], ahead: number, far = new Set<JsonObject>()): JsonObject[] {
  const open = new Map<unknown, JsonObject>();
  for (const event of events) {
    const item = event['item'] as JsonObject | undefined;
    if (event['type'] === 'thread.item.added' && item !== undefined)
      open.set(item['id'], structuredClone(item));
    else if (item !== undefined) open.delete(item['id']);
    else if (event['type'] === 'thread.item.removed') open.delete(event['item_id']);
    else if (event['type'] === 'thread.item.updated') {
      const message = open.get(event['item_id']);
      if (message?.['type'] !== 'assistant_message') continue;
      if (!update(message, event['update'] as JsonObject, ahead)) far.add(event);
    }
  }
  return [...open.values()].filter(
    (item) => item['type'] === 'assistant_message' && hasText(item as unknown as AssistantMessageItem),
  );
}

/** Updates of parts so far ahead of their message that ours does not send them. */
function beyond(events: readonly JsonObject[]): Set<JsonObject> {
  const far = new Set<JsonObject>();
  unfinished(events, PARTS_AHEAD, far);
  return far;
}

/** @returns whether the part is near enough */
function update(message: JsonObject, change: JsonObject, ahead: number): boolean {
  const parts = message['content'] as JsonObject[];
  const index = change['content_index'] as number;
  if (index > parts.length + ahead) return false;
  while (parts.length <= index) parts.push({ annotations: [], text: '', type: 'output_text' });
  const part = parts[index]!;
  if (change['content'] !== undefined) parts[index] = structuredClone(change['content'] as JsonObject);
  else if ('delta' in change) part['text'] = (part['text'] as string) + (change['delta'] as string);
  else if ('annotation' in change) {
    (part['annotations'] as JsonObject[]).splice(
      change['annotation_index'] as number,
      0,
      change['annotation'] as JsonObject,
    );
  }
  return true;
}

/** What the reference has made of a message since is what it is, be it the same as before. */
function asItIs(kept: Kept, items: readonly JsonObject[], written: ReadonlySet<Json> = new Set()): Kept {
  const theirs = items.find(({ id }) => id === kept.item['id']);
  if (theirs === undefined) return kept;
  if (!written.has(theirs['id']!) && isEqual(theirs, kept.instead)) return kept;
  return { item: theirs, before: kept.before };
}

/** The ids of the items that an exchange has stored. */
function writtenIn(comparison: Comparison): Set<Json> {
  const stored = eventsOf(comparison).filter(({ type }) =>
    ['thread.item.done', 'thread.item.replaced'].includes(type as string),
  );
  return new Set(stored.map(({ item }) => (item as JsonObject)['id']!));
}

/** Where the messages that ours has kept are in a list of all items, from here on. */
export function withKept(items: readonly JsonObject[], kept: readonly Kept[]): JsonObject[] {
  const list = [...items];
  for (const each of kept) {
    const { item, before, instead } = asItIs(each, list);
    const own = list.findIndex(({ id }) => id === item['id']);
    if (own >= 0) list.splice(own, 1);
    const place = own >= 0 && instead !== undefined ? own : 1 + lastOf(list, before);
    list.splice(place, 0, structuredClone(item));
  }
  return list;
}

const lastOf = (items: readonly JsonObject[], ids: readonly Json[]): number =>
  items.findLastIndex(({ id }) => ids.includes(id!));

/** Without what a retry has done away with before the handler began. */
function atBegin(kept: readonly Kept[], { exchange, expected, memory }: Comparison): Kept[] {
  if ((expected.reply.events?.length ?? 0) === 0) return [...kept];
  const target = retried(exchange, memory);
  if (target === undefined) return [...kept];
  return kept.filter(({ before }) => !before.includes(target));
}

const without = (kept: readonly Kept[], gone: ReadonlySet<Json>): Kept[] =>
  kept.filter(({ item }) => !gone.has(item['id']!));

/** Lists in effects what a handler sees of the store. */
function tellKept(kept: readonly Kept[], comparison: Comparison): void {
  const gone = new Set<Json>();
  for (const each of happenings(comparison)) {
    if ('step' in each) {
      if ('delete' in each.step) gone.add(each.step.delete);
      continue;
    }
    const { type, name, data, item_id } = each.event;
    if (type === 'thread.item.removed') gone.add(item_id!);
    const told = (data ?? {}) as JsonObject;
    if (type !== 'client_effect' || name !== 'items' || !Array.isArray(told['items'])) continue;
    told['items'] = withKept(told['items'] as JsonObject[], without(kept, gone));
  }
}

export const shown: Rule[] = [
  {
    name: 'text that was shown is kept',
    apply(comparison) {
      const { expected, exchange, ours, memory } = comparison;
      const { reply, state } = expected;
      for (const thread of state.threads) {
        const isOwn = thread === threadIn(state, exchange);
        const before = memory.kept.get(thread['id']) ?? [];
        const begun = isOwn ? atBegin(before, comparison) : before;
        if (isOwn) tellKept(begun, comparison);
        const left = isOwn ? without(begun, new Set(removedIn(reply, exchange))) : before;
        const written = isOwn ? writtenIn(comparison) : new Set<Json>();
        const kept = left.map((each) => asItIs(each, itemsOf(thread), written));
        memory.kept.set(thread['id'], kept);
        thread['items'] = withKept(itemsOf(thread), kept);
      }
      if (reply.events === undefined || reply.cut !== undefined) return;
      const thread = threadIn(state, exchange) ?? state.threads.at(-1);
      const found = unfinished(eventsOf(comparison), PARTS_AHEAD);
      if (thread === undefined || found.length === 0) return;
      const own = itemsOf(ours.state.threads.find(({ id }) => id === thread['id']));
      const head = { id: own.at(-1)?.['id'] ?? '', thread_id: thread['id']!, created_at: '<time>' };
      const note = { ...head, type: 'sdk_hidden_context', content: NOTE };
      const kept = [...(memory.kept.get(thread['id']) ?? [])];
      for (const item of [...found, note]) {
        const items = itemsOf(thread);
        const known = kept.findIndex((each) => each.item['id'] === item.id);
        if (known >= 0) {
          // What has broken off twice is as it was the last time, in its first place.
          kept[known] = { ...kept[known]!, item };
          thread['items'] = items.map((each) => (each['id'] === item.id ? structuredClone(item) : each));
          continue;
        }
        const place = items.findIndex(({ id }) => id === item.id);
        const before = items.slice(0, place < 0 ? undefined : place).map(({ id }) => id!);
        kept.push({ item, before, ...(place < 0 ? {} : { instead: items[place]! }) });
        thread['items'] = withKept(items, kept.slice(-1));
      }
      memory.kept.set(thread['id'], kept);
    },
  },
  {
    // Requests that name such a message find it, though it is not what they look for.
    name: 'text that was shown is kept',
    apply(comparison) {
      const { exchange, expected, memory, before } = comparison;
      const { type, params } = requestOf(exchange);
      const { raised, events, cut } = expected.reply;
      const kept = memory.kept.get(threadIn(before, exchange)?.['id']) ?? [];
      if (!kept.some(({ item }) => item['id'] === params['item_id'])) return;
      const isMissed = raised?.type === 'NotFoundError' && raised.message.startsWith('item ');
      if (isMissed && type.endsWith('custom_action')) refuse(comparison, 400, 'sender_not_a_widget');
      else if (isMissed) refuse(comparison, 409, 'conflict');
      else if (type === 'threads.retry_after_item' && events?.length === 0 && cut === undefined)
        refuse(comparison, 409, 'conflict');
    },
  },
  {
    name: 'parts far behind the end are dropped',
    apply(comparison) {
      const { expected, exchange, memory } = comparison;
      const { reply } = expected;
      const events = eventsOf(comparison);
      const far = beyond(events);
      if (far.size > 0 && reply.events !== undefined) {
        reply.events = reply.events.filter((event) => !far.has(event));
      }
      if (expected.reply.cut !== 'by the client') return;
      const thread = threadIn(expected.state, exchange) ?? expected.state.threads.at(-1);
      const bounded = unfinished(events, PARTS_AHEAD);
      for (const all of unfinished(events, Infinity)) {
        const near = bounded.find(({ id }) => id === all['id']) ?? storedBefore(all['id']!, comparison);
        if (isEqual(near, all)) continue;
        memory.parted = true; // the reference goes on with what ours has not kept
        thread!['items'] = itemsOf(thread).flatMap((item) => (isEqual(item, all) ? (near ?? []) : item));
      }
    },
  },
];

/** What an item was before it was written anew. */
function storedBefore(id: Json, comparison: Comparison): JsonObject | undefined {
  const { before, exchange } = comparison;
  let found = itemsOf(threadIn(before, exchange)).find((item) => item['id'] === id);
  for (const { type, item, item_id } of eventsOf(comparison)) {
    const isOwn = (item as JsonObject | undefined)?.['id'] === id;
    if (isOwn && type !== 'thread.item.added') found = item as JsonObject;
    if (type === 'thread.item.removed' && item_id === id) found = undefined;
  }
  return found;
}
