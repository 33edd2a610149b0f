import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

/** How near to the end counts as being there, in pixels. */
const NEAR = 48;

/**
 * Keeps a scroller at its end while it grows, unless the user reads further up.
 *
 * @param content what grows inside
 * @param start another value: begin at the end again
 */
export function usePinnedScroll(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  start: unknown,
): { pin: () => void; unpin: () => void } {
  const pinned = useRef(true);
  const toEnd = (): void => {
    const element = scroller.current;
    if (element !== null && pinned.current) element.scrollTop = element.scrollHeight;
  };
  useLayoutEffect(() => {
    pinned.current = true;
    toEnd();
  }, [start]);
  useEffect(() => {
    const element = scroller.current;
    const inner = content.current;
    if (element === null || inner === null) return;
    let last = element.scrollTop;
    const noteScroll = (): void => {
      const { scrollTop, scrollHeight, clientHeight } = element;
      const isNear = scrollHeight - scrollTop - clientHeight < NEAR;
      // Growth moves nothing up: only the user does.
      if (isNear) pinned.current = true;
      else if (scrollTop < last - 1) pinned.current = false;
      last = scrollTop;
    };
    const observer = new ResizeObserver(toEnd);
    observer.observe(inner);
    observer.observe(element);
    element.addEventListener('scroll', noteScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', noteScroll);
    };
  }, []);
  return {
    pin: () => {
      pinned.current = true;
      toEnd();
    },
    unpin: () => {
      pinned.current = false;
    },
  };
}
