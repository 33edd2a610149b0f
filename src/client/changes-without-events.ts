import type { ClientToolCallItem, VisibleItem } from '../protocol';
import type { ThreadState } from './thread-state';

/*
 * Two operations change items on the server without sending events for it. The protocol expects the
 * client to apply these changes itself; the functions here do so.
 */

/** How many of the newest tool calls the server searches. */
const RECENT_CALLS = 20;

/**
 * Applies what `threads.retryAfterItem` does: removes all items after the given one. An unknown id
 * changes nothing.
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
 * Applies what `threads.addClientToolOutput` does: completes the newest pending call with the result,
 * and removes other pending calls.
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
