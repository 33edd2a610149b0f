import type { DatePicker as DatePickerData } from 'chatkit-controllers/widgets';
import { Calendar as CalendarIcon } from 'lucide-react';
import { Popover } from '../../ui/Popover';
import type { ComponentProps } from '../types';
import { useDropdown } from '../use-dropdown';
import { Calendar } from './Calendar';
import { dayOf, spoken } from './days';
import { DropdownButton } from './DropdownButton';

/** A date picker; the date is sent as `2026-03-01`. */
export function DatePicker({ props, path }: ComponentProps<DatePickerData>) {
  const initial = dayOf(props.defaultValue) ?? '';
  const { value, button, isOpen, close, choose, closed } = useDropdown(props, path, initial);
  return (
    <>
      <DropdownButton
        {...closed}
        text={value === '' ? undefined : spoken(value)}
        placeholder={props.placeholder ?? 'Pick a date'}
        popup="dialog"
        icon={CalendarIcon}
      />
      {isOpen && (
        <Popover anchor={button} side={props.side} align={props.align} onClose={close}>
          <Calendar value={value} min={dayOf(props.min)} max={dayOf(props.max)} onChoose={choose} />
        </Popover>
      )}
    </>
  );
}
