import type { ClientToolCallItem, VisibleItem } from '../protocol';
import type { ThreadState } from './thread-state';

/*
 * What two operations change on the server without an event that tells it. The protocol leaves it to
 * the page to know; these are for its state.
 */

/** How many tool calls the server looks through. */
const RECENT_CALLS = 20;

/**
 * What `threads.retryAfterItem` does: everything after the item goes. An id that is not there changes
 * nothing.
 *
 * @example
 * state = dropItemsAfter(state, message.id);
 * for await (const event of client.threads.retryAfterItem(thread.id, message.id)) state = reduceThread(state, event);
 */
export function dropItemsAfter(state: ThreadState, itemId: string): ThreadState {
  const { items } = state;
  const index = items.findLastIndex(({ id }) => id === itemId);
  if (index === -1 || index === items.length - 1) return state;
  return { ...state, items: items.slice(0, index + 1), pendingItemIds: [], imageProgress: {} };
}

/**
 * What `threads.addClientToolOutput` does: the newest pending call is completed with the result, and
 * others that are pending go.
 *
 * @example
 * state = completeToolCall(state, result);
 * for await (const event of client.threads.addClientToolOutput(thread.id, result)) state = reduceThread(state, event);
 */
export function completeToolCall(state: ThreadState, result: unknown): ThreadState {
  const recent = state.items.filter(({ type }) => type === 'client_tool_call').slice(-RECENT_CALLS);
  const pending = new Set<VisibleItem>(recent.filter(isPending));
  const call = recent.findLast(isPending);
  if (call === undefined) return state;
  const items = state.items.flatMap((item): VisibleItem[] => {
    if (item === call) return [{ ...call, status: 'completed', output: result }];
    return pending.has(item) ? [] : [item];
  });
  return { ...state, items };
}

function isPending(item: VisibleItem): item is ClientToolCallItem {
  return item.type === 'client_tool_call' && item.status === 'pending';
}
