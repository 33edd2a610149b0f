import fc from 'fast-check';
import type {
  Button,
  Checkbox,
  DatePicker,
  Input,
  Label,
  RadioGroup,
  RadioOption,
  Select,
  SelectOption,
  Textarea,
} from '../../../src/widgets/components';
import { action } from './actions';
import { component } from './component';
import { object } from './shape';
import {
  color,
  controlSize,
  controlVariant,
  direction,
  flag,
  gutterSize,
  icon,
  list,
  number,
  text,
  textAlign,
  textSize,
  weight,
} from './values';

const choice = { disabled: flag, onChangeAction: action };
const dropdown = {
  placeholder: text,
  variant: controlVariant,
  size: controlSize,
  pill: flag,
  block: flag,
  clearable: flag,
  defaultValue: text,
};
const textField = {
  disabled: flag,
  defaultValue: text,
  required: flag,
  pattern: text,
  placeholder: text,
  allowAutofillExtensions: flag,
  autoSelect: flag,
  autoFocus: flag,
  variant: fc.constantFrom('soft', 'outline'),
  size: controlSize,
  gutterSize,
} as const;
const option = object<SelectOption>({ value: text, label: text }, { disabled: flag, description: text });
const radio = object<RadioOption>({ value: text, label: text }, { disabled: flag });

export const controls = {
  Button: component<Button>(
    'Button',
    {},
    {
      label: text,
      onClickAction: action,
      submit: flag,
      iconStart: icon,
      iconEnd: icon,
      iconSize: fc.constantFrom('sm', '2xl'),
      style: fc.constantFrom('primary', 'secondary'),
      color: fc.constantFrom('primary', 'caution', 'danger'),
      variant: controlVariant,
      size: controlSize,
      pill: flag,
      uniform: flag,
      block: flag,
      disabled: flag,
    },
  ),
  Select: component<Select>(
    'Select',
    { name: text, options: list(option) },
    { ...choice, ...dropdown, searchable: flag },
  ),
  DatePicker: component<DatePicker>(
    'DatePicker',
    { name: text },
    {
      ...choice,
      ...dropdown,
      min: text,
      max: text,
      side: fc.constantFrom('top', 'bottom', 'left', 'right'),
      align: fc.constantFrom('start', 'center', 'end'),
    },
  ),
  Checkbox: component<Checkbox>(
    'Checkbox',
    { name: text },
    { ...choice, label: text, defaultChecked: flag, required: flag },
  ),
  RadioGroup: component<RadioGroup>(
    'RadioGroup',
    { name: text },
    { ...choice, options: list(radio), ariaLabel: text, defaultValue: text, direction, required: flag },
  ),
  Label: component<Label>(
    'Label',
    { value: text, fieldName: text },
    { size: textSize, weight, textAlign, color },
  ),
  Input: component<Input>(
    'Input',
    { name: text },
    { ...textField, inputType: fc.constantFrom('number', 'email', 'text', 'url'), pill: flag },
  ),
  Textarea: component<Textarea>(
    'Textarea',
    { name: text },
    { ...textField, rows: number, autoResize: flag, maxRows: number },
  ),
};
