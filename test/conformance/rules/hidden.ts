import type { Json, JsonObject } from '../language';
import { stepsOf, type Comparison, type Rule } from './rule';

const isHidden = (item: unknown): boolean =>
  ['hidden_context_item', 'sdk_hidden_context'].includes((item as JsonObject)['type'] as string);

/** The ids of hidden items, as far as handlers have made any. */
function hiddenIds(comparison: Comparison): Set<unknown> {
  const items = stepsOf(comparison).flatMap((step): JsonObject[] => {
    if ('add' in step) return [step.add];
    if ('save' in step) return [step.save];
    if ('return' in step && typeof step.return === 'object') return [(step.return ?? {}) as JsonObject];
    return 'emit' in step && 'item' in step.emit ? [step.emit['item'] as JsonObject] : [];
  });
  return new Set(items.filter(isHidden).map(({ id }) => id));
}

/**
 * What is left of a stream: the client is told to remove what it has seen and must not see any more.
 * The reference sends a hidden item only as a replacement; where it stores one and sends nothing, ours
 * says when the removal comes.
 */
function visibleEvents({ expected, ours, before }: Comparison, hidden: Set<unknown>): JsonObject[] {
  const stored = before.threads.flatMap((thread) => thread['items'] as JsonObject[]);
  const shown = new Set(stored.filter((item) => !isHidden(item)).map(({ id }) => id));
  const events: JsonObject[] = [];
  const remove = (id: Json): void => {
    shown.delete(id);
    events.push({ type: 'thread.item.removed', item_id: id });
  };
  const takeRemovals = (next: JsonObject | undefined): void => {
    for (;;) {
      const event = ours.reply.events?.[events.length];
      const id = event?.['item_id'];
      if (event?.['type'] !== 'thread.item.removed' || !hidden.has(id) || !shown.has(id)) return;
      if (next?.['type'] === event['type'] && next['item_id'] === id) return;
      remove(id!);
    }
  };
  for (const event of expected.reply.events ?? []) {
    const item = event['item'] as JsonObject | undefined;
    const id = item?.['id'] ?? event['item_id'];
    takeRemovals(event);
    if (item !== undefined && isHidden(item)) {
      if (shown.has(id)) remove(id!);
      continue;
    }
    if (item !== undefined) shown.add(id);
    else if (id !== undefined && hidden.has(id) && !shown.has(id)) continue;
    if (event['type'] === 'thread.item.removed') shown.delete(id);
    events.push(event);
  }
  takeRemovals(undefined);
  return events;
}

export const hidden: Rule[] = [
  {
    name: 'hidden items never leave',
    apply(comparison) {
      const { reply } = comparison.expected;
      const ids = hiddenIds(comparison);
      if (ids.size === 0) return;
      if (reply.events !== undefined) reply.events = visibleEvents(comparison, ids);
      const updated = (reply.json as JsonObject | null | undefined)?.['updated_item'];
      if (updated !== undefined && isHidden(updated)) reply.json = {};
    },
  },
  {
    name: 'updates of what is nowhere are not sent',
    apply({ expected: { reply }, before }) {
      const known = new Set(
        before.threads.flatMap((thread) => thread['items'] as JsonObject[]).map(({ id }) => id),
      );
      if (reply.events === undefined) return;
      reply.events = reply.events.filter((event) => {
        if ('item' in event) known.add((event['item'] as JsonObject)['id']);
        return event['type'] !== 'thread.item.updated' || known.has(event['item_id']);
      });
    },
  },
];
