import type {
  ClientEffectEvent,
  ErrorEvent,
  NoticeEvent,
  ProgressUpdateEvent,
  Thread,
  ThreadMetadata,
  VisibleItem,
} from '../protocol';

/**
 * A thread as a page shows it. It is plain data, never changed: each event makes a new state, which
 * shares all that the event did not touch, so that `===` tells what must be drawn again.
 */
export interface ThreadState {
  /** The thread without its items; undefined before `thread.created`. */
  readonly thread: ThreadMetadata | undefined;
  /** In the order of the page: the oldest first. */
  readonly items: readonly VisibleItem[];
  /** The ids of items that are still being written; the server has not stored them. */
  readonly pendingItemIds: readonly string[];
  /** How far generated images are, by item id, as the server tells it; gone when the image is there. */
  readonly imageProgress: Readonly<Record<string, number>>;
  /** What the run is at, until its next item shows it. */
  readonly progress: Pick<ProgressUpdateEvent, 'text' | 'icon'> | undefined;
  /** Whether to show a Stop button. */
  readonly allowCancel: boolean;
  /** What went wrong in the last run. The next one clears it. */
  readonly error: ErrorEvent | undefined;
  /** All notices, in order. To dismiss them: `{ ...state, notices: [] }`. */
  readonly notices: readonly NoticeEvent[];
  /** All client effects, in order; it is up to the page to carry them out, each once. */
  readonly effects: readonly ClientEffectEvent[];
}

const EMPTY: ThreadState = Object.freeze({
  thread: undefined,
  items: [],
  pendingItemIds: [],
  imageProgress: {},
  progress: undefined,
  allowCancel: false,
  error: undefined,
  notices: [],
  effects: [],
});

/**
 * The state to begin with: of a new thread, or of one from the server.
 *
 * @param items All its items, the oldest first. By default those that came with it: the first 20.
 * @example
 * createThreadState(); // a new thread
 * createThreadState(await client.threads.get('thr_1'));
 */
export function createThreadState(thread?: Thread, items?: readonly VisibleItem[]): ThreadState {
  if (thread === undefined) return EMPTY;
  const { items: page, ...head } = thread;
  return { ...EMPTY, thread: head, items: items ?? page.data };
}

/**
 * The state when a stream has ended, whether whole or broken off: nothing is under way any more. Items
 * that were still being written stay as they are.
 */
export function endStream(state: ThreadState): ThreadState {
  const { pendingItemIds, progress, allowCancel, imageProgress } = state;
  const idle = pendingItemIds.length === 0 && progress === undefined && !allowCancel;
  if (idle && Object.keys(imageProgress).length === 0) return state;
  return { ...state, pendingItemIds: [], imageProgress: {}, progress: undefined, allowCancel: false };
}
