import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';

export interface MenuEntry {
  key: string;
  label: ReactNode;
  icon?: ReactNode;
  description?: string | undefined;
  /** Whether this entry is the chosen one of several. */
  checked?: boolean;
  disabled?: boolean | undefined;
  danger?: boolean;
  onSelect: () => void;
}

interface MenuProps {
  /** The content of the button that opens it. */
  button: ReactNode;
  label: string;
  className?: string;
  entries: readonly MenuEntry[];
  /** The side of the button on which it opens. */
  side?: 'top' | 'bottom';
  align?: 'start' | 'end';
}

/** A button with a menu. Arrow keys move in it, Escape closes it. */
export function Menu({
  button,
  label,
  className = 'icon-button',
  entries,
  side = 'bottom',
  align = 'start',
}: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (!isOpen) return;
    enabledIn(root.current)[0]?.focus();
    const outside = (event: Event): void => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [isOpen]);
  const close = (): void => {
    setOpen(false);
    trigger.current?.focus();
  };
  return (
    <div
      className="menu-root"
      ref={root}
      onKeyDown={(event) => isOpen && moveFocus(event, root.current, close)}
    >
      <button
        ref={trigger}
        type="button"
        className={className}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-label={label}
        title={label}
        onClick={() => setOpen(!isOpen)}
      >
        {button}
      </button>
      {isOpen && (
        <div role="menu" id={id} aria-label={label} className={`menu ${side} ${align}`}>
          {entries.map(({ key, label: text, icon, description, checked, disabled, danger, onSelect }) => (
            <button
              key={key}
              type="button"
              role={checked === undefined ? 'menuitem' : 'menuitemradio'}
              aria-checked={checked}
              disabled={disabled}
              tabIndex={-1}
              className={danger === true ? 'danger' : ''}
              onClick={() => {
                close();
                onSelect();
              }}
            >
              {icon}
              <span>
                {text}
                {description !== undefined && <small>{description}</small>}
              </span>
              {checked === true && <span aria-hidden>✓</span>}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function enabledIn(root: HTMLElement | null): HTMLButtonElement[] {
  return [...(root?.querySelectorAll<HTMLButtonElement>('[role=menu] button:not(:disabled)') ?? [])];
}

function moveFocus(event: KeyboardEvent, root: HTMLElement | null, close: () => void): void {
  if (event.key === 'Escape') {
    event.stopPropagation();
    close();
    return;
  }
  if (event.key === 'Tab') {
    close();
    return;
  }
  const buttons = enabledIn(root);
  const at = buttons.findIndex((button) => button === document.activeElement);
  const to = nextIndex(event.key, at, buttons.length);
  if (to === undefined) return;
  event.preventDefault();
  buttons[to]?.focus();
}

function nextIndex(key: string, at: number, length: number): number | undefined {
  if (key === 'ArrowDown') return (at + 1) % length;
  if (key === 'ArrowUp') return (at - 1 + length) % length;
  if (key === 'Home') return 0;
  if (key === 'End') return length - 1;
  return undefined;
}
