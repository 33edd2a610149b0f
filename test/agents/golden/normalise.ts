import type { Outcome } from './stream';

type Json = Record<string, unknown>;

/**
 * What two converters must agree on: ids by their order of appearance, without times and durations, and
 * without what is known to differ and told below.
 */
export function normalise({ events, stored, ...rest }: Outcome): Outcome {
  const names = new Map<string, string>();
  const rename = (id: string): string => {
    if (id.startsWith('#')) return id;
    const name = names.get(id) ?? `#${String(names.size + 1)}`;
    names.set(id, name);
    return name;
  };
  return {
    events: tidyRemovals(events.map((event) => plain(event, rename) as Json)).map(withoutLateAnnotations),
    stored: stored.map((item) => plain(item, rename) as Json),
    ...rest,
  };
}

function plain(value: unknown, rename: (id: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => plain(each, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, child]): [string, unknown][] => {
      if (key === 'created_at' || key === 'thread_id') return [];
      if ((key === 'id' || key === 'item_id') && typeof child === 'string') return [[key, rename(child)]];
      return [[key, key === 'duration' ? 0 : plain(child, rename)]];
    }),
  );
}

/**
 * Items are taken back in any order (the reference keeps them in a set), and only those that the client
 * has: the reference also removes the ids of tool calls, which no item has.
 */
function tidyRemovals(events: Json[]): Json[] {
  const seen = new Set(events.map((event) => (event['item'] as Json | undefined)?.['id']));
  const isRemoval = ({ type }: Json): boolean => type === 'thread.item.removed';
  const removals = events.filter((event) => isRemoval(event) && seen.has(event['item_id']));
  removals.sort((a, b) => String(a['item_id']).localeCompare(String(b['item_id'])));
  return [...events.filter((event) => !isRemoval(event)), ...removals];
}

/** A part that is done keeps its annotations in ours; in the reference they are back with the item. */
function withoutLateAnnotations(event: Json): Json {
  const update = event['update'] as Json | undefined;
  if (update?.['type'] !== 'assistant_message.content_part.done') return event;
  return { ...event, update: { ...update, content: { ...(update['content'] as Json), annotations: [] } } };
}
