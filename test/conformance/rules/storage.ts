import type { JsonObject } from '../language';
import { adopt, itemsOf, type Rule } from './rule';

/** The reference's note to the model, and ours, that a stream was stopped. */
const NOTES = [
  'The user cancelled the stream. Stop responding to the prior request.',
  'The user stopped the answer above before it was complete. Do not continue it unasked.',
] as const;

export const storage: Rule[] = [
  {
    name: 'a refused request leaves no thread behind',
    apply({ expected: { reply, state }, memory: { ghosts } }) {
      if (ghosts.size === 0) return;
      const isReal = ({ id }: JsonObject): boolean => !ghosts.has(id as string);
      state.threads = state.threads.filter(isReal);
      const listed = (reply.json as JsonObject | undefined)?.['data'] as JsonObject[] | undefined;
      if (listed !== undefined) Object.assign(reply.json as object, { data: listed.filter(isReal) });
    },
  },
  {
    name: 'an item that is done twice is stored once',
    apply({ expected: { state }, memory }) {
      for (const thread of state.threads) {
        const items = once(itemsOf(thread));
        if (items.length < itemsOf(thread).length) memory.doubled.add(thread['id']);
        thread['items'] = items;
      }
    },
  },
  {
    name: 'the note after a stop has other words',
    apply({ expected }) {
      reword(expected);
    },
  },
  {
    name: 'pending widgets and images have their updates applied',
    apply({ expected, ours }) {
      const [theirs, own] = [expected.state.log, ours.state.log].map(
        (log) => log.at(-1) as JsonObject | undefined,
      );
      for (const [index, item] of ((theirs?.['cancelled'] ?? []) as JsonObject[]).entries()) {
        const pending = ((own?.['cancelled'] ?? []) as JsonObject[])[index];
        const field = { widget: 'widget', generated_image: 'image' }[item['type'] as string];
        if (field !== undefined && pending?.[field] !== undefined) item[field] = pending[field];
      }
    },
  },
  {
    name: 'an update of an unknown task is sent',
    apply(comparison) {
      const { expected, ours } = comparison;
      const events = expected.reply.events ?? [];
      const { type, update } = (ours.reply.events?.[events.length - 1] ?? {}) as {
        type?: string;
        update?: JsonObject;
      };
      const isUpdate = type === 'thread.item.updated' && update?.['type'] === 'workflow.task.updated';
      if (isUpdate && events.at(-1)?.['code'] === 'stream.error') adopt(comparison);
    },
  },
];

/** Each in its first place, as it was last. */
function once(items: readonly JsonObject[]): JsonObject[] {
  const first = items.filter((item, index) => items.findIndex(({ id }) => id === item['id']) === index);
  return first.map((item) => items.findLast(({ id }) => id === item['id']) ?? item);
}

function reword(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const record = value as Record<string, unknown>;
  for (const [key, child] of Object.entries(record)) {
    if (key === 'content' && child === NOTES[0]) record[key] = NOTES[1];
    else reword(child);
  }
}
