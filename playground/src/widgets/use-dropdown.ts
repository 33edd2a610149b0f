import type { DatePicker, Select } from 'chatkit-controllers/widgets';
import { useRef, useState } from 'react';
import { useAction } from './use-action';
import { useField } from './use-field';

/** The common behaviour of Select and DatePicker. */
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
    /** The props of the closed field. */
    closed: {
      ...{ ref: button, id, name, isOpen, variant, size, pill, block, disabled },
      onToggle: () => setOpen(!isOpen),
      onClear: props.clearable === true ? () => choose('') : undefined,
    },
  };
}
