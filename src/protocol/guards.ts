import type { ThreadStreamEvent } from './events';
import { isHiddenType, type ThreadItem, type ThreadItemType, VISIBLE_ITEM_TYPES } from './items';
import { type StreamingOperation, STREAMING_OPERATIONS } from './requests';
import { isRecord } from './json';

const VISIBLE_TYPES: ReadonlySet<string> = new Set(VISIBLE_ITEM_TYPES);
const STREAMING: ReadonlySet<string> = new Set(STREAMING_OPERATIONS);

/** Whether an operation answers with an event stream; all others answer with JSON. */
export function isStreamingOperation(operation: string): operation is StreamingOperation {
  return STREAMING.has(operation);
}

/** What an event of each type must hold to be more than a draft. */
const HOLDS: Readonly<Record<ThreadStreamEvent['type'], (event: Record<string, unknown>) => boolean>> = {
  'thread.created': ({ thread }) => isRecord(thread),
  'thread.updated': ({ thread }) => isRecord(thread),
  'thread.item.added': ({ item }) => isThreadItem(item),
  'thread.item.done': ({ item }) => isThreadItem(item),
  'thread.item.replaced': ({ item }) => isThreadItem(item),
  'thread.item.updated': ({ item_id, update }) => typeof item_id === 'string' && isRecord(update),
  'thread.item.removed': ({ item_id }) => typeof item_id === 'string',
  stream_options: ({ stream_options }) => isRecord(stream_options),
  progress_update: ({ text }) => typeof text === 'string',
  client_effect: ({ name, data }) => typeof name === 'string' && isRecord(data),
  notice: ({ level, message }) => typeof level === 'string' && typeof message === 'string',
  error: ({ code }) => typeof code === 'string',
};

const EVENT_OUTLINES: ReadonlyMap<unknown, (event: Record<string, unknown>) => boolean> = new Map(
  Object.entries(HOLDS),
);

/** Whether a type is that of events. */
export function isEventType(type: unknown): type is ThreadStreamEvent['type'] {
  return EVENT_OUTLINES.has(type);
}

/** Whether a type is that of thread items, hidden ones too. */
export function isItemType(type: string): type is ThreadItemType {
  return VISIBLE_TYPES.has(type) || isHiddenType(type);
}

/**
 * Whether a value is an item of the protocol, told by its outline: a known type, and the three fields
 * that every item has. A draft, which still lacks them, is none. See `checkEvent` for every field.
 */
export function isThreadItem(value: unknown): value is ThreadItem {
  if (!isRecord(value)) return false;
  const { type, id, thread_id, created_at } = value;
  return (
    typeof type === 'string' &&
    isItemType(type) &&
    typeof id === 'string' &&
    typeof thread_id === 'string' &&
    typeof created_at === 'string'
  );
}

/**
 * Whether a value is a complete event of the protocol, told by its outline: a known type, and what an
 * event of that type holds. See `checkEvent` for every field.
 *
 * @example isThreadStreamEvent({ type: 'thread.item.done', item: { type: 'widget', widget } }) // false
 */
export function isThreadStreamEvent(value: unknown): value is ThreadStreamEvent {
  return isRecord(value) && EVENT_OUTLINES.get(value['type'])?.(value) === true;
}
