import type { Json, JsonObject, Step } from '../language';
import { happenings, isHidden } from './happenings';
import { itemsOf, requestOf, retried, threadIn, type Comparison, type Rule } from './rule';

/** What is hidden as it is stored may have been visible before: of that the client is told when it goes. */
type Seen = 'shown' | 'hidden' | 'stored hidden';

/** What the client knows of a thread's items: those that it has, and those that it must not see. */
class Client {
  private readonly seen = new Map<Json, Seen>();
  /** Those that events have been about: what a handler does to others behind the stream counts. */
  private readonly met = new Set<Json>();

  constructor({ before, exchange, memory }: Comparison) {
    const isNew = requestOf(exchange).type === 'threads.create';
    const target = retried(exchange, memory);
    for (const item of isNew ? [] : itemsOf(threadIn(before, exchange))) {
      this.seen.set(item['id']!, isHidden(item) ? 'stored hidden' : 'shown');
      if (item['id'] === target) return;
    }
  }

  get(id: Json): Seen | undefined {
    return this.seen.get(id);
  }

  /** What becomes of an event: it is sent, kept back, or the client is told to remove its item. */
  take(event: JsonObject): JsonObject | undefined {
    const item = event['item'] as JsonObject | undefined;
    const id = item?.['id'] ?? event['item_id'];
    if (id === undefined) return event;
    const known = this.seen.get(id);
    if (item !== undefined) {
      if (!isHidden(item)) {
        this.meet(id, 'shown');
        return event;
      }
      this.meet(id, known === 'stored hidden' ? known : 'hidden');
      return known === 'shown' ? { type: 'thread.item.removed', item_id: id } : undefined;
    }
    const isGoing = event['type'] === 'thread.item.removed';
    this.meet(id, isGoing ? undefined : known);
    return known === 'hidden' || (known === 'stored hidden' && !isGoing) ? undefined : event;
  }

  private meet(id: Json, seen: Seen | undefined): void {
    this.met.add(id);
    if (seen === undefined) this.seen.delete(id);
    else this.seen.set(id, seen);
  }

  /** A step that writes to the store, past the stream. */
  stored(step: Step): void {
    if ('delete' in step && !this.met.has(step.delete)) this.seen.delete(step.delete);
    const item = 'add' in step ? step.add : 'save' in step ? step.save : undefined;
    const id = item?.['id'];
    if (id !== undefined && !this.met.has(id)) this.seen.set(id, isHidden(item) ? 'stored hidden' : 'shown');
  }
}

/** What is left of a stream: where the client has an item that is hidden now, it is told to remove it. */
function visibleEvents(comparison: Comparison): JsonObject[] {
  const own = comparison.ours.reply.events ?? [];
  const client = new Client(comparison);
  const events: JsonObject[] = [];
  const waiting: JsonObject[] = [];
  const happened = happenings(comparison);
  for (const [index, each] of happened.entries()) {
    if ('step' in each) {
      client.stored(each.step);
      continue;
    }
    const sent = client.take(each.event);
    const following = happened.slice(index + 1).find((other) => 'event' in other);
    const isThreadNext = following !== undefined && isThread(following.event);
    // Whether a change of the thread came before the item or with it cannot be seen: either is right.
    if (sent !== each.event && sent !== undefined && isThreadNext && isThread(own[events.length]))
      waiting.push(sent);
    else if (sent !== undefined) events.push(withoutHidden(sent), ...waiting.splice(0));
  }
  return events;
}

const isThread = (event: JsonObject | undefined): boolean => event?.['type'] === 'thread.updated';

/** A thread that a handler sends itself. */
function withoutHidden(event: JsonObject): JsonObject {
  const { items } = (event['thread'] ?? {}) as { items?: { data?: JsonObject[] } };
  if (items?.data?.some(isHidden) !== true) return event;
  const data = items.data.filter((item) => !isHidden(item));
  return {
    ...event,
    thread: { ...(event['thread'] as JsonObject), items: { ...items, data } },
  };
}

export const hidden: Rule[] = [
  {
    name: 'updates of unknown items are not sent',
    apply(comparison) {
      const { reply } = comparison.expected;
      const { exchange } = comparison;
      if (reply.events === undefined) return;
      const client = new Client(comparison);
      for (const step of 'send' in exchange ? (exchange.handler ?? []) : []) client.stored(step);
      const nowhere = new Set<JsonObject>();
      for (const each of happenings(comparison)) {
        if ('step' in each) continue;
        const { event } = each;
        const isUpdate = event['type'] === 'thread.item.updated';
        if (isUpdate && client.get(event['item_id']!) === undefined) nowhere.add(event);
        else client.take(event);
      }
      reply.events = reply.events.filter((event) => !nowhere.has(event));
    },
  },
  {
    name: 'hidden items are never sent',
    apply(comparison) {
      const { reply } = comparison.expected;
      if (reply.events !== undefined) reply.events = visibleEvents(comparison);
      const updated = (reply.json as JsonObject | null | undefined)?.['updated_item'];
      if (updated !== undefined && isHidden(updated)) reply.json = {};
    },
  },
];
