import type { VisibleItem } from 'chatkit-controllers/client';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { useChat, useWorkspace } from '../state/contexts';
import { useStore } from '../state/store';
import { ItemRow } from './items/ItemRow';
import { QuoteButton } from './QuoteButton';
import { Trailing } from './Trailing';
import { usePinnedScroll } from './use-pinned-scroll';

/** The height of the space above the oldest item, in pixels. */
const TOP = 44;
/** The distance from the top at which older items are fetched, in pixels. */
const FETCH_NEAR = 600;

/** The items of the thread; only those in view are rendered. */
export function Messages() {
  const { chat, reveal } = useWorkspace();
  const state = useChat();
  const { items } = state.thread;
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const [focused, setFocused] = useState<string | undefined>(undefined);
  const { pin, unpin } = usePinnedScroll(scroller, content, state.threadId);
  const isPrepended = usePrepended(items);
  const ends = useMemo(() => turnEnds(items, state.streaming !== undefined), [items, state.streaming]);
  const kept = items.findIndex(({ id }) => id === focused);
  const { outgoing } = state;
  useEffect(() => {
    if (outgoing !== undefined) pin();
  }, [outgoing]);
  const marked = useStore(reveal);
  const place = marked === undefined ? -1 : items.findIndex(({ id }) => id === marked.itemId);
  const isFound = place !== -1;
  useEffect(() => {
    if (marked === undefined || state.loading) return;
    unpin();
    if (isFound) list.current?.scrollToIndex(place, { align: 'center' });
    else void chat.loadUntil(({ id }) => id === marked.itemId);
    // Not when its position changes, or the user could not scroll away from it.
  }, [marked, isFound, state.loading, chat]);
  const fetchOlder = (offset: number): void => {
    if (offset < FETCH_NEAR && state.older !== undefined) void chat.loadOlder();
  };
  return (
    <div ref={scroller} className="messages" tabIndex={0} role="region" aria-label="Messages">
      <div ref={content} className="messages-content">
        <div className="older" style={{ height: TOP }}>
          {state.older !== undefined && (
            <button
              type="button"
              className="text-button"
              disabled={state.loadingOlder}
              onClick={() => void chat.loadOlder()}
            >
              {state.loadingOlder ? 'Loading…' : 'Load older messages'}
            </button>
          )}
          {state.loading && <span className="loading-text">Loading…</span>}
        </div>
        <div
          onFocus={(event) =>
            setFocused((event.target as HTMLElement).closest<HTMLElement>('[data-item]')?.dataset['item'])
          }
          onBlur={() => setFocused(undefined)}
        >
          <Virtualizer
            ref={list}
            scrollRef={scroller}
            startMargin={TOP}
            shift={isPrepended}
            keepMounted={kept === -1 ? [] : [kept]}
            onScroll={fetchOlder}
          >
            {items.map((item) => (
              <ItemRow
                key={item.id}
                item={item}
                isTurnEnd={ends.has(item.id)}
                isMarked={item.id === marked?.itemId}
              />
            ))}
          </Virtualizer>
        </div>
        <Trailing />
        <QuoteButton within={content} />
      </div>
    </div>
  );
}

/** Whether items were added before those of the last render. */
function usePrepended(items: readonly VisibleItem[]): boolean {
  const last = useRef<readonly VisibleItem[]>(items);
  const first = last.current[0];
  const isPrepended =
    first !== undefined && items[0]?.id !== first.id && items.some(({ id }) => id === first.id);
  useEffect(() => {
    last.current = items;
  });
  return isPrepended;
}

/** The ids of items that end an answer; the buttons for the whole answer are below them. */
function turnEnds(items: readonly VisibleItem[], isStreaming: boolean): ReadonlySet<string> {
  const ends = new Set<string>();
  items.forEach((item, index) => {
    if (item.type === 'user_message') return;
    const next = items[index + 1];
    const isLast = next === undefined ? !isStreaming : next.type === 'user_message';
    if (isLast) ends.add(item.id);
  });
  return ends;
}
