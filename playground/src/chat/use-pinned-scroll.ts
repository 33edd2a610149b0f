import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

/** The distance from the end that counts as the end, in pixels. */
const NEAR = 48;

/**
 * Keeps a scroller at its end while its content grows, unless the user has scrolled up.
 *
 * @param content the element that grows
 * @param start a new value scrolls to the end again
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
      // Growth never scrolls up, so a lower position means that the user has scrolled.
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
