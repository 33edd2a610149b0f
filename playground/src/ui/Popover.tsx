import { useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react';

type Side = 'top' | 'bottom' | 'left' | 'right';

interface PopoverProps {
  /** The element beside which it opens. */
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
  side?: Side | undefined;
  align?: 'start' | 'center' | 'end' | undefined;
  /** At least as wide as the anchor. */
  matchWidth?: boolean;
  className?: string;
  children: ReactNode;
}

const GAP = 4;

/** A panel above everything else, never clipped by a scroller. A click outside or Escape closes it. */
export function Popover({
  anchor,
  onClose,
  side = 'bottom',
  align = 'start',
  matchWidth = false,
  className = '',
  children,
}: PopoverProps) {
  const panel = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = panel.current;
    const beside = anchor.current;
    if (element === null || beside === null) return;
    element.showPopover();
    const place = (): void => position(element, beside.getBoundingClientRect(), side, align, matchWidth);
    place();
    const observer = new ResizeObserver(place);
    observer.observe(element);
    document.addEventListener('scroll', place, true);
    return () => {
      observer.disconnect();
      document.removeEventListener('scroll', place, true);
    };
  }, [anchor, side, align, matchWidth]);
  return (
    <div
      ref={panel}
      popover="auto"
      className={`popover ${className}`}
      onToggle={({ newState }) => newState === 'closed' && onClose()}
    >
      {children}
    </div>
  );
}

function position(panel: HTMLElement, at: DOMRect, side: Side, align: string, matchWidth: boolean): void {
  if (matchWidth) panel.style.minWidth = `${String(at.width)}px`;
  const { offsetWidth: width, offsetHeight: height } = panel;
  const flipped = flip(side, at, width, height);
  const isVertical = flipped === 'top' || flipped === 'bottom';
  const along = (start: number, size: number, own: number): number =>
    align === 'start' ? start : align === 'end' ? start + size - own : start + (size - own) / 2;
  const left = isVertical
    ? along(at.left, at.width, width)
    : flipped === 'left'
      ? at.left - width - GAP
      : at.right + GAP;
  const top = isVertical
    ? flipped === 'bottom'
      ? at.bottom + GAP
      : at.top - height - GAP
    : along(at.top, at.height, height);
  panel.style.left = `${String(Math.max(8, Math.min(left, innerWidth - width - 8)))}px`;
  panel.style.top = `${String(Math.max(8, Math.min(top, innerHeight - height - 8)))}px`;
}

/** Switches to the opposite side if the panel does not fit. */
function flip(side: Side, at: DOMRect, width: number, height: number): Side {
  if (side === 'bottom' && at.bottom + height + GAP > innerHeight && at.top > innerHeight - at.bottom)
    return 'top';
  if (side === 'top' && at.top - height - GAP < 0) return 'bottom';
  if (side === 'right' && at.right + width + GAP > innerWidth) return 'left';
  if (side === 'left' && at.left - width - GAP < 0) return 'right';
  return side;
}
