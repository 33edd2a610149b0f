import { useEffect, useRef } from 'react';

export interface Shortcut {
  keys: string;
  label: string;
  /** Set for global shortcuts; others are handled by a component. */
  act?: () => void;
}

/** Shortcuts that single components handle. */
export const PLACE_KEYS: readonly Shortcut[] = [
  { keys: 'Enter', label: 'Send the message' },
  { keys: 'Shift Enter', label: 'A new line in the message' },
  { keys: '@', label: 'Mention something' },
  { keys: 'Escape', label: 'Stop the answer; close dialogs and menus' },
  { keys: 'F6', label: 'To the next part of the page' },
];

/** Listens for single keys, except in text fields or while a dialog is open. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const known = useRef(shortcuts);
  known.current = shortcuts;
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key === 'F6') {
        event.preventDefault();
        focusNextPart(event.shiftKey ? -1 : 1);
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
      const shortcut = known.current.find(({ keys }) => keys === event.key);
      if (shortcut?.act === undefined) return;
      event.preventDefault();
      shortcut.act();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open], [role=menu], :popover-open') !== null) return true;
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable=true]');
}

const PARTS =
  '.top-bar, .sidebar, .messages, .start-screen, .composer, .inspector, .gallery, .editor, .replay';

/** Moves the focus to the first control of the next part of the page. */
function focusNextPart(step: 1 | -1): void {
  const parts = [...document.querySelectorAll<HTMLElement>(PARTS)].flatMap((part) => {
    const control = part.matches('[tabindex]') ? part : controlsIn(part)[0];
    return part.checkVisibility() && control !== undefined ? [{ part, control }] : [];
  });
  const at = parts.findIndex(({ part }) => part.contains(document.activeElement));
  parts.at((at + step) % parts.length)?.control.focus();
}

function controlsIn(part: HTMLElement): HTMLElement[] {
  const controls = part.querySelectorAll<HTMLElement>(
    'textarea, button:not(:disabled), input, [tabindex="0"]:not([role=separator])',
  );
  return [...controls].filter((each) => each.checkVisibility());
}
