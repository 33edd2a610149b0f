import type { ThreadMetadata } from 'chatkit-controllers';

/** From 0 to 10 each. */
interface Needs {
  food: number;
  mood: number;
  fur: number;
}

export interface Cat extends Needs {
  /** A cat has one name, for good. */
  name?: string;
}

export const CARES = ['feed', 'play', 'brush'] as const;
export type Care = (typeof CARES)[number];

/** What a care changes: each takes a little of something else. */
const EFFECTS: Readonly<Record<Care, Needs>> = {
  feed: { food: 4, mood: 1, fur: -1 },
  play: { food: -2, mood: 4, fur: -1 },
  brush: { food: 0, mood: -1, fur: 5 },
};

const NEW_CAT: Cat = { food: 4, mood: 5, fur: 3 };

/** The cat of a thread: its state is part of the thread, and never sent with it. */
export function catOf({ metadata }: ThreadMetadata): Cat {
  return (metadata['cat'] as Cat | undefined) ?? NEW_CAT;
}

export function careFor(thread: ThreadMetadata, care: Care): Cat {
  const { food, mood, fur, ...cat } = catOf(thread);
  const effect = EFFECTS[care];
  return save(thread, {
    ...cat,
    food: within(food + effect.food),
    mood: within(mood + effect.mood),
    fur: within(fur + effect.fur),
  });
}

/** Names the cat and its thread, unless the cat has a name. */
export function nameCat(thread: ThreadMetadata, name: string): Cat {
  const cat = catOf(thread);
  if (cat.name !== undefined) return cat;
  thread.title = `At home with ${name}`;
  return save(thread, { ...cat, name });
}

export function describe({ name = 'The cat', food, mood, fur }: Cat): string {
  return `${name}: food ${String(food)}, mood ${String(mood)}, fur ${String(fur)}, of 10 each.`;
}

function save({ metadata }: ThreadMetadata, cat: Cat): Cat {
  metadata['cat'] = cat;
  return cat;
}

function within(value: number): number {
  return Math.min(10, Math.max(0, value));
}
