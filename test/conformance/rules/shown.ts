import { isHiddenType } from '../../../src/protocol';
import type { Reply } from '../client';
import type { JsonObject } from '../language';
import { itemsOf, threadIn, type Rule } from './rule';

const NOTE = 'The answer above broke off before it was complete. Do not continue it unasked.';

/** The messages among the events that have text and were never done, as far as they have come. */
function unfinished(events: readonly JsonObject[]): JsonObject[] {
  const open = new Map<unknown, JsonObject>();
  for (const event of events) {
    const item = event['item'] as JsonObject | undefined;
    if (event['type'] === 'thread.item.added' && item !== undefined)
      open.set(item['id'], structuredClone(item));
    else if (item !== undefined) open.delete(item['id']);
    else if (event['type'] === 'thread.item.removed') open.delete(event['item_id']);
    else if (event['type'] === 'thread.item.updated') {
      const message = open.get(event['item_id']);
      if (message?.['type'] === 'assistant_message') update(message, event['update'] as JsonObject);
    }
  }
  return [...open.values()].filter(
    (item) =>
      item['type'] === 'assistant_message' &&
      partsOf(item).some(({ text }) => (text as string).trim() !== ''),
  );
}

function partsOf(message: JsonObject): JsonObject[] {
  return message['content'] as JsonObject[];
}

function update(message: JsonObject, change: JsonObject): void {
  const parts = partsOf(message);
  const index = change['content_index'] as number;
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
}

/** Puts what was kept before into an answer that lists the thread's items, where that is one page. */
function listKept(reply: Reply, thread: JsonObject): void {
  const json = reply.json as JsonObject | undefined;
  const page = (json?.['items'] ?? json) as JsonObject | undefined;
  if (!Array.isArray(page?.['data']) || page['has_more'] === true) return;
  const listed = page['data'] as JsonObject[];
  const visible = itemsOf(thread).filter(({ type }) => !isHiddenType(type as string));
  const places = new Map(visible.map((item, index) => [item['id'], index]));
  const [first, last] = [listed[0], listed.at(-1)].map((item) => places.get(item?.['id']));
  const ascending = json?.['items'] !== undefined || (first ?? 0) < (last ?? 0);
  page['data'] = ascending ? visible : visible.toReversed();
}

export const shown: Rule[] = [
  {
    name: 'text that was shown is kept',
    apply({ expected: { reply, state }, exchange, ours, memory: { kept } }) {
      for (const thread of state.threads) {
        const before = kept.get(thread['id']) ?? [];
        if (before.length === 0) continue;
        for (const { index, item } of before) itemsOf(thread).splice(index, 0, structuredClone(item));
        if (threadIn(state, exchange) === thread) listKept(reply, thread);
      }
      if (reply.events === undefined || 'hangUp' in exchange) return;
      const thread = threadIn(state, exchange) ?? state.threads.at(-1)!;
      const items = itemsOf(thread);
      const found = unfinished(reply.events).filter(({ id }) => !items.some((item) => item['id'] === id));
      if (found.length === 0) return;
      const own = itemsOf(ours.state.threads.find(({ id }) => id === thread['id']));
      const head = { id: own.at(-1)?.['id'] ?? '', thread_id: thread['id']!, created_at: '<time>' };
      const added = [...found, { ...head, type: 'sdk_hidden_context', content: NOTE }];
      const known = kept.get(thread['id']) ?? [];
      kept.set(thread['id'], [...known, ...added.map((item, n) => ({ index: items.length + n, item }))]);
      items.push(...structuredClone(added));
    },
  },
];
