import type { ThreadStreamEvent } from './events';
import {
  type HiddenItem,
  type ThreadItem,
  type ThreadItemType,
  VISIBLE_ITEM_TYPES,
  type VisibleItem,
} from './items';
import { type StreamingOperation, STREAMING_OPERATIONS } from './requests';

const VISIBLE_TYPES: ReadonlySet<string> = new Set(VISIBLE_ITEM_TYPES);
const STREAMING: ReadonlySet<string> = new Set(STREAMING_OPERATIONS);

/** Whether a value is a JSON object: neither null nor an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value can be the index of something in a list. */
export function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/**
 * Whether every database gives a text back as it was. One with half a character (a lone surrogate) is
 * stored with U+FFFD in its place, so that two texts become one; at a NUL some end it, and some refuse
 * it. Owners, ids and keys have to be storable; other texts are in JSON, which escapes both.
 *
 * @example
 * isStorableText('thr_\ud800'); // false
 */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

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

/** Whether an item of this type must never leave the server. */
export function isHiddenType(type: string): type is HiddenItem['type'] {
  return type === 'hidden_context_item' || type === 'sdk_hidden_context';
}

/** Whether the client may see an item. */
export function isVisible(item: ThreadItem): item is VisibleItem {
  return !isHiddenType(item.type);
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
