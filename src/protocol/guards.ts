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

/** Whether a value can be the index of a list entry. */
export function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/**
 * Whether every database returns the text unchanged. A lone surrogate (half a character) is stored as U+FFFD,
 * so two different texts become equal. A NUL ends the text in some databases and is rejected by others.
 * Owners, ids and keys must be storable. Other texts are stored as JSON, which escapes both.
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

const EVENTS: Readonly<Record<ThreadStreamEvent['type'], true>> = {
  'thread.created': true,
  'thread.updated': true,
  'thread.item.added': true,
  'thread.item.done': true,
  'thread.item.replaced': true,
  'thread.item.updated': true,
  'thread.item.removed': true,
  stream_options: true,
  progress_update: true,
  client_effect: true,
  notice: true,
  error: true,
};

const EVENT_TYPES: ReadonlySet<unknown> = new Set(Object.keys(EVENTS));

/** Whether the type is an event type. */
export function isEventType(type: unknown): type is ThreadStreamEvent['type'] {
  return EVENT_TYPES.has(type);
}

/** Whether the type is an item type, including hidden ones. */
export function isItemType(type: string): type is ThreadItemType {
  return VISIBLE_TYPES.has(type) || isHiddenType(type);
}

/** Whether items of this type are never sent to the client. */
export function isHiddenType(type: string): type is HiddenItem['type'] {
  return type === 'hidden_context_item' || type === 'sdk_hidden_context';
}

/** Whether the client may see an item. */
export function isVisible(item: ThreadItem): item is VisibleItem {
  return !isHiddenType(item.type);
}
