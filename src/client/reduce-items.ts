import type { ThreadItemUpdate, VisibleItem } from '../protocol';
import { applyUpdate } from '../protocol/updates/apply-update';
import { isHiddenType, isRecord } from '../protocol/guards';
import type { ThreadState } from './thread-state';

/** Whether a value is an item that a page may show. Items of unknown types are kept. */
export function isShown(value: unknown): value is VisibleItem {
  if (!isRecord(value)) return false;
  const { id, type } = value;
  return typeof id === 'string' && typeof type === 'string' && !isHiddenType(type);
}

/** Adds an item that is still being written. */
export function addItem(state: ThreadState, item: unknown): ThreadState {
  if (!isShown(item)) return state;
  const { pendingItemIds } = state;
  return {
    ...withItem(state, item),
    pendingItemIds: pendingItemIds.includes(item.id) ? pendingItemIds : [...pendingItemIds, item.id],
  };
}

/** Adds or replaces an item in its final, stored form. */
export function settleItem(state: ThreadState, item: unknown): ThreadState {
  return isShown(item) ? withItem(settled(state, item.id), item) : state;
}

export function removeItem(state: ThreadState, id: unknown): ThreadState {
  const index = indexOf(state, id);
  if (index === -1) return state;
  return { ...settled(state, String(id)), items: state.items.filter((_, at) => at !== index) };
}

export function updateItem(state: ThreadState, id: unknown, update: unknown): ThreadState {
  const item = state.items[indexOf(state, id)];
  if (item === undefined || !isRecord(update)) return state;
  const updated = applyUpdate(item, update as unknown as ThreadItemUpdate);
  return withImageProgress(updated === item ? state : withItem(state, updated), item, update);
}

/** An existing item keeps its position; a new one is appended. */
function withItem(state: ThreadState, item: VisibleItem): ThreadState {
  const index = indexOf(state, item.id);
  return { ...state, items: index === -1 ? [...state.items, item] : state.items.with(index, item) };
}

/** Removes an item's pending mark and image progress. */
function settled(state: ThreadState, id: string): ThreadState {
  const { pendingItemIds, imageProgress } = state;
  const isPending = pendingItemIds.includes(id);
  const hasProgress = Object.hasOwn(imageProgress, id);
  if (!isPending && !hasProgress) return state;
  return {
    ...state,
    pendingItemIds: isPending ? pendingItemIds.filter((pending) => pending !== id) : pendingItemIds,
    imageProgress: hasProgress
      ? Object.fromEntries(Object.entries(imageProgress).filter(([key]) => key !== id))
      : imageProgress,
  };
}

function withImageProgress(
  state: ThreadState,
  { id, type }: VisibleItem,
  update: Record<string, unknown>,
): ThreadState {
  const { progress } = update;
  if (type !== 'generated_image' || update['type'] !== 'generated_image.updated') return state;
  if (typeof progress !== 'number') return state;
  return { ...state, imageProgress: { ...state.imageProgress, [id]: progress } };
}

/** Searches from the end, where most changes happen. */
function indexOf({ items }: ThreadState, id: unknown): number {
  return items.findLastIndex((item) => item.id === id);
}
