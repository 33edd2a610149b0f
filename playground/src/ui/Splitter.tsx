import { useEffect, useState, type KeyboardEvent, type PointerEvent } from 'react';

const KEY = 'chatkit-playground inspector width';
const MIN = 280;
const STEP = 32;

/** The edge of the inspector, moved by dragging or with the arrow keys. Its position is stored. */
export function Splitter() {
  const [width, setWidth] = useState(() => Number(localStorage.getItem(KEY) ?? '0'));
  useEffect(() => {
    const shell = document.querySelector<HTMLElement>('.shell');
    if (width === 0) return;
    localStorage.setItem(KEY, String(width));
    shell?.style.setProperty('--panel-width', `${String(width)}px`);
  }, [width]);
  const set = (next: number): void => setWidth(Math.round(Math.max(MIN, Math.min(next, innerWidth * 0.7))));
  const drag = (event: PointerEvent<HTMLElement>): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) set(innerWidth - event.clientX);
  };
  const move = (event: KeyboardEvent<HTMLElement>): void => {
    const by = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const present = event.currentTarget.parentElement?.offsetWidth ?? MIN;
    set((width === 0 ? present : width) + by);
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      className="splitter"
      aria-label="Width of the inspector"
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={MIN}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={move}
    />
  );
}
