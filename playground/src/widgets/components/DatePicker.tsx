import type { DatePicker as DatePickerData } from 'chatkit-controllers/widgets';
import { Calendar as CalendarIcon } from 'lucide-react';
import { useRef, useState } from 'react';
import { Popover } from '../../ui/Popover';
import type { ComponentProps } from '../types';
import { useAction } from '../use-action';
import { useField } from '../use-field';
import { Calendar } from './Calendar';
import { dayOf, spoken } from './days';
import { DropdownButton } from './DropdownButton';

/** A choice of a day, which is sent as `2026-03-01`. */
export function DatePicker({ props, path }: ComponentProps<DatePickerData>) {
  const { value, set, id } = useField(props.name, dayOf(props.defaultValue) ?? '');
  const { fire } = useAction(props.onChangeAction, path, 'none');
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const choose = (day: string): void => {
    set(day);
    setOpen(false);
    button.current?.focus();
    fire([props.name, day]);
  };
  return (
    <>
      <DropdownButton
        ref={button}
        id={id}
        name={props.name}
        text={value === '' ? undefined : spoken(value)}
        placeholder={props.placeholder ?? 'Pick a date'}
        popup="dialog"
        icon={CalendarIcon}
        isOpen={isOpen}
        variant={props.variant}
        size={props.size}
        pill={props.pill}
        block={props.block}
        disabled={props.disabled}
        onToggle={() => setOpen(!isOpen)}
        onClear={props.clearable === true ? () => choose('') : undefined}
      />
      {isOpen && (
        <Popover anchor={button} side={props.side} align={props.align} onClose={() => setOpen(false)}>
          <Calendar value={value} min={dayOf(props.min)} max={dayOf(props.max)} onChoose={choose} />
        </Popover>
      )}
    </>
  );
}
