import type { Thread, VisibleItem } from '../protocol';
import { isRecord } from '../protocol/guards';
import { isShown, settleItem } from './reduce-items';
import type { ThreadState } from './thread-state';

/** Applies a thread from an event to the state, with the items it has. */
export function withThread(state: ThreadState, thread: Thread): ThreadState {
  if (!isRecord(thread) || typeof thread.id !== 'string') return state;
  const { items, ...head } = thread;
  const isOther = state.thread !== undefined && state.thread.id !== thread.id;
  const start = isOther ? { ...state, items: [], pendingItemIds: [], imageProgress: {} } : state;
  return itemsOf(items).reduce(settleItem, { ...start, thread: head });
}

/** The items of a page; most events have none. */
function itemsOf(page: unknown): VisibleItem[] {
  return isRecord(page) && Array.isArray(page['data']) ? page['data'].filter(isShown) : [];
}
