import { reduceThread, type ThreadStreamEvent } from 'chatkit-controllers/client';
import type { ChatState } from './chat-state';
import { told } from './problem';

/**
 * The state after an event, from a server or a recording. Events are not validated: a malformed one becomes a
 * problem in the state, and later events are still applied.
 */
export function afterEvent(state: ChatState, event: ThreadStreamEvent): ChatState {
  try {
    return applied(state, event);
  } catch (error) {
    return { ...state, problem: told(`An event (${event.type}) cannot be shown: ${String(error)}`) };
  }
}

function applied(state: ChatState, event: ThreadStreamEvent): ChatState {
  const thread = reduceThread(state.thread, event);
  switch (event.type) {
    case 'thread.created':
      return { ...state, thread, threadId: event.thread.id };
    case 'thread.item.done':
      return { ...state, thread, outgoing: event.item.type === 'user_message' ? undefined : state.outgoing };
    case 'client_effect':
      return withCall({ ...state, thread }, { kind: 'effect', name: event.name, data: event.data });
    default:
      return { ...state, thread };
  }
}

/** The state after a call to the page: a client effect, or an action that the page handles. */
export function withCall(
  state: ChatState,
  call: Pick<ChatState['calls'][number], 'kind' | 'name' | 'data'>,
): ChatState {
  const id = (state.calls.at(-1)?.id ?? 0) + 1;
  return { ...state, calls: [...state.calls.slice(-99), { ...call, id }] };
}
