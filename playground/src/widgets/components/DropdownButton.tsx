import { ChevronDown, X, type LucideIcon } from 'lucide-react';
import type { KeyboardEventHandler, Ref } from 'react';
import { clean } from '../box-style';
import { useControlName } from '../labels';
import { CONTROL_SIZE, GUTTER_OF_SIZE } from '../tokens';
import { pick } from '../values';

interface DropdownButtonProps {
  ref: Ref<HTMLButtonElement>;
  id: string;
  name: string;
  /** The chosen value; undefined shows the placeholder. */
  text: string | undefined;
  placeholder: string;
  popup: 'listbox' | 'dialog';
  isOpen: boolean;
  variant: string | undefined;
  size: string | undefined;
  pill: boolean | undefined;
  block: boolean | undefined;
  disabled: boolean | undefined;
  icon?: LucideIcon;
  onToggle: () => void;
  onKeyDown?: KeyboardEventHandler;
  /** Adds a button that clears the value. */
  onClear?: (() => void) | undefined;
}

/** The closed state of Select and DatePicker. */
export function DropdownButton(props: DropdownButtonProps) {
  const {
    ref,
    id,
    name,
    text,
    placeholder,
    popup,
    isOpen,
    size = 'md',
    icon: Icon = ChevronDown,
    onClear,
  } = props;
  const { text: called } = useControlName(name);
  const height = pick(CONTROL_SIZE, size, 'control size') ?? 32;
  const gutter = pick(GUTTER_OF_SIZE, size, 'control size') ?? 12;
  return (
    <span className="w-dropdown" data-block={props.block === true || undefined}>
      <button
        ref={ref}
        id={id}
        type="button"
        className="w-dropdown-button"
        data-variant={props.variant ?? 'outline'}
        data-pill={props.pill === true || undefined}
        data-empty={text === undefined || undefined}
        aria-haspopup={popup}
        aria-expanded={isOpen}
        aria-label={`${called}: ${text ?? placeholder}`}
        disabled={props.disabled}
        style={clean({ height, paddingInline: gutter })}
        onClick={props.onToggle}
        onKeyDown={props.onKeyDown}
      >
        <span className="w-dropdown-text">{text ?? placeholder}</span>
        <Icon size={16} strokeWidth={1.75} aria-hidden />
      </button>
      {onClear !== undefined && text !== undefined && (
        <button
          type="button"
          className="icon-button w-clear"
          aria-label={`Clear ${called}`}
          onClick={onClear}
        >
          <X size={14} aria-hidden />
        </button>
      )}
    </span>
  );
}
