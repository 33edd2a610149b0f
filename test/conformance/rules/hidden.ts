import type { JsonObject } from '../language';
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

export const hidden: Rule[] = [
  {
    name: 'hidden items never leave',
    apply(comparison) {
      const { reply } = comparison.expected;
      const ids = hiddenIds(comparison);
      if (ids.size === 0) return;
      if (reply.events !== undefined) {
        reply.events = reply.events.filter((event) => {
          if ('item' in event) return !isHidden(event['item']);
          return !('item_id' in event && ids.has(event['item_id']));
        });
      }
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
