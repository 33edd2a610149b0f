import type { ThreadStreamEvent } from '../protocol';
import { isRecord } from '../protocol/guards';
import { removeItem, settleItem, addItem, updateItem } from './reduce-items';
import type { ThreadState } from './thread-state';
import { withThread } from './with-thread';

/**
 * Returns the state after an event. It is a pure function: it does not modify its input, and returns
 * the same object if the event changes nothing. It never throws: events of unknown types, updates of
 * unknown items and the like change nothing.
 *
 * @example
 * for await (const event of client.threads.addUserMessage(id, 'Hello')) state = reduceThread(state, event);
 */
export function reduceThread(state: ThreadState, event: ThreadStreamEvent): ThreadState {
  if (!isRecord(event)) return state;
  switch (event.type) {
    case 'thread.created':
    case 'thread.updated':
      return withThread(state, event.thread);
    case 'thread.item.added':
      return addItem(withoutProgress(state), event.item);
    case 'thread.item.done':
    case 'thread.item.replaced':
      return settleItem(withoutProgress(state), event.item);
    case 'thread.item.updated':
      return updateItem(withoutProgress(state), event.item_id, event.update);
    case 'thread.item.removed':
      return removeItem(withoutProgress(state), event.item_id);
    default:
      return reduceSignal(state, event);
  }
}

type Signal = Exclude<ThreadStreamEvent, { type: `thread.${string}` }>;

/** Handles the events about the run, rather than the thread. */
function reduceSignal(state: ThreadState, event: Signal): ThreadState {
  switch (event.type) {
    case 'stream_options':
      return startRun(state, event.stream_options);
    case 'progress_update':
      if (typeof event.text !== 'string') return state;
      return { ...state, progress: { text: event.text, icon: event.icon } };
    case 'client_effect':
      if (typeof event.name !== 'string') return state;
      return { ...state, effects: [...state.effects, event] };
    case 'notice':
      if (typeof event.message !== 'string') return state;
      return { ...state, notices: [...state.notices, event] };
    case 'error':
      return { ...withoutProgress(state), error: event };
    default:
      return state; // unknown type, from a newer server
  }
}

/** Every run begins with `stream_options`, which says whether it can be stopped. */
function startRun(state: ThreadState, options: unknown): ThreadState {
  const allowCancel = isRecord(options) && options['allow_cancel'] === true;
  return { ...state, allowCancel, error: undefined, progress: undefined };
}

function withoutProgress(state: ThreadState): ThreadState {
  return state.progress === undefined ? state : { ...state, progress: undefined };
}
