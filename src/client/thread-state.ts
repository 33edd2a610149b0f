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
 * A thread as a page shows it. It is immutable plain data: each event makes a new state, which shares
 * the unchanged parts with the old one, so that `===` shows what must be rendered again.
 */
export interface ThreadState {
  /** The thread without its items; undefined before `thread.created`. */
  readonly thread: ThreadMetadata | undefined;
  /** The oldest first. */
  readonly items: readonly VisibleItem[];
  /** The ids of items that are still being written; the server has not stored them. */
  readonly pendingItemIds: readonly string[];
  /** The progress of generated images, by item id, as the server sends it; removed when the image is done. */
  readonly imageProgress: Readonly<Record<string, number>>;
  /** The run's latest progress text; cleared by its next item. */
  readonly progress: Pick<ProgressUpdateEvent, 'text' | 'icon'> | undefined;
  /** Whether to show a Stop button. */
  readonly allowCancel: boolean;
  /** The error of the last run. The next run clears it. */
  readonly error: ErrorEvent | undefined;
  /** All notices, in order. To dismiss them: `{ ...state, notices: [] }`. */
  readonly notices: readonly NoticeEvent[];
  /** All client effects, in order. The page must carry out each of them once. */
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
 * Creates the initial state of a new thread, or of a thread from the server.
 *
 * @param items All items of the thread, the oldest first. Default: those in `thread.items`, the first 20.
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
 * Returns the state after a stream has ended, with or without an error: pending marks, progress and the
 * Stop button are cleared. Items that were still being written stay as they are.
 */
export function endStream(state: ThreadState): ThreadState {
  const { pendingItemIds, progress, allowCancel, imageProgress } = state;
  const idle = pendingItemIds.length === 0 && progress === undefined && !allowCancel;
  if (idle && Object.keys(imageProgress).length === 0) return state;
  return { ...state, pendingItemIds: [], imageProgress: {}, progress: undefined, allowCancel: false };
}
