import { all, type Prop, type Specs } from './spec';
import { DIRECTION, SIZES, TEXT_ALIGN, TEXT_COLORS, TEXT_SIZES, VARIANTS, WEIGHTS } from './values';

const ACTION = { type: 'gallery.clicked', payload: { from: 'gallery' }, handler: 'client' as const };
const FRUIT = [
  { value: 'apple', label: 'Apple' },
  { value: 'pear', label: 'Pear', description: 'Green and sweet' },
  { value: 'fig', label: 'Fig', disabled: true },
];
const MANY = Array.from({ length: 20 }, (_, index) => ({
  value: String(index),
  label: `Option ${String(index + 1)}`,
}));
const GUTTERS = all<Prop<'Input', 'gutterSize'>>()('2xs', 'xs', 'sm', 'md', 'lg', 'xl');

const dropdown = {
  placeholder: ['Choose one'],
  variant: VARIANTS,
  size: SIZES,
  pill: [true],
  block: [true],
  clearable: [true],
  disabled: [true],
} as const;

const textField = {
  disabled: [true],
  required: [true],
  pattern: ['[A-Z]{3}'],
  placeholder: ['Type here'],
  allowAutofillExtensions: [true],
  autoSelect: [false],
  autoFocus: [false],
  variant: all<Prop<'Input', 'variant'>>()('soft', 'outline'),
  size: SIZES,
  gutterSize: GUTTERS,
} as const;

/** Interactive components. */
export const CONTROL_SPECS: Pick<
  Specs,
  'Button' | 'Input' | 'Textarea' | 'Select' | 'DatePicker' | 'Checkbox' | 'RadioGroup' | 'Label'
> = {
  Button: {
    base: { label: 'Button' },
    props: {
      label: ['Send'],
      onClickAction: [ACTION],
      submit: [true],
      iconStart: ['sparkle'],
      iconEnd: ['chevron-right'],
      iconSize: all<Prop<'Button', 'iconSize'>>()('sm', 'md', 'lg', 'xl', '2xl'),
      style: all<Prop<'Button', 'style'>>()('primary', 'secondary'),
      color: all<Prop<'Button', 'color'>>()(
        'primary',
        'secondary',
        'info',
        'discovery',
        'success',
        'caution',
        'warning',
        'danger',
      ),
      variant: VARIANTS,
      size: SIZES,
      pill: [true],
      uniform: [true],
      block: [true],
      disabled: [true],
    },
    around: (button) => (button.iconSize === undefined ? button : { ...button, iconStart: 'sparkle' }),
  },
  Input: {
    base: { name: 'input' },
    props: {
      ...textField,
      name: ['address.city'],
      defaultValue: ['As it comes'],
      inputType: all<Prop<'Input', 'inputType'>>()('number', 'email', 'text', 'password', 'tel', 'url'),
      pill: [true],
    },
  },
  Textarea: {
    base: { name: 'textarea' },
    props: {
      ...textField,
      name: ['comment'],
      defaultValue: ['Two\nlines'],
      rows: [1, 5],
      autoResize: [true],
      maxRows: [4],
    },
  },
  Select: {
    base: { name: 'select', options: FRUIT },
    props: {
      ...dropdown,
      name: ['fruit'],
      options: [FRUIT, MANY],
      defaultValue: ['pear'],
      searchable: [true, false],
      onChangeAction: [ACTION],
    },
  },
  DatePicker: {
    base: { name: 'date' },
    props: {
      ...dropdown,
      name: ['arrival'],
      defaultValue: ['2030-05-01T00:00:00Z'],
      min: ['2030-05-10'],
      max: ['2030-05-20'],
      side: all<Prop<'DatePicker', 'side'>>()('top', 'bottom', 'left', 'right'),
      align: all<Prop<'DatePicker', 'align'>>()('start', 'center', 'end'),
      onChangeAction: [ACTION],
    },
  },
  Checkbox: {
    base: { name: 'checkbox', label: 'I agree' },
    props: {
      name: ['agreed'],
      label: ['Yes'],
      defaultChecked: [true],
      required: [true],
      disabled: [true],
      onChangeAction: [ACTION],
    },
  },
  RadioGroup: {
    base: { name: 'radio', options: FRUIT },
    props: {
      name: ['fruit'],
      options: [FRUIT],
      ariaLabel: ['Favourite fruit'],
      defaultValue: ['pear'],
      direction: DIRECTION,
      required: [true],
      disabled: [true],
      onChangeAction: [ACTION],
    },
  },
  Label: {
    base: { value: 'A label', fieldName: 'labelled' },
    props: {
      value: ['Email'],
      fieldName: ['labelled'],
      size: TEXT_SIZES,
      weight: WEIGHTS,
      textAlign: TEXT_ALIGN,
      color: TEXT_COLORS,
    },
    around: (label) => ({ type: 'Col', gap: 1, children: [label, { type: 'Input', name: 'labelled' }] }),
  },
};
