import type { DatePicker, Select } from 'chatkit-controllers/widgets';
import { useRef, useState } from 'react';
import { useAction } from './use-action';
import { useField } from './use-field';

/** What fields have alike that open for a choice. */
export function useDropdown(props: DatePicker | Select, path: string, initial: string) {
  const { value, set, id } = useField(props.name, initial);
  const { fire } = useAction(props.onChangeAction, path, 'none');
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const choose = (next: string): void => {
    set(next);
    setOpen(false);
    button.current?.focus();
    fire([props.name, next]);
  };
  const { name, variant, size, pill, block, disabled } = props;
  return {
    value,
    button,
    isOpen,
    open: () => setOpen(true),
    close: () => setOpen(false),
    choose,
    /** What the closed field is drawn of. */
    closed: {
      ...{ ref: button, id, name, isOpen, variant, size, pill, block, disabled },
      onToggle: () => setOpen(!isOpen),
      onClear: props.clearable === true ? () => choose('') : undefined,
    },
  };
}
