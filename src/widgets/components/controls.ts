import type { ActionConfig } from '../../protocol';
import { build } from './build';
import type { Field } from './fields';
import type { WidgetIcon } from './icons';
import type { Props } from './props';
import type {
  Base,
  Color,
  ControlSize,
  ControlVariant,
  Direction,
  FontWeight,
  TextAlign,
  TextSize,
} from './values';

/** The data that the builder of the same name returns. */
export type Button = Base<'Button'> & {
  label?: string | undefined;
  onClickAction?: ActionConfig | undefined;
  /** Submit the surrounding form. */
  submit?: boolean | undefined;
  iconStart?: WidgetIcon | undefined;
  iconEnd?: WidgetIcon | undefined;
  iconSize?: 'sm' | 'md' | 'lg' | 'xl' | '2xl' | undefined;
  /** A preset of colour and variant. */
  style?: 'primary' | 'secondary' | undefined;
  color?:
    'primary' | 'secondary' | 'info' | 'discovery' | 'success' | 'caution' | 'warning' | 'danger' | undefined;
  variant?: ControlVariant | undefined;
  size?: ControlSize | undefined;
  /** Fully round ends. */
  pill?: boolean | undefined;
  /** As wide as it is high, for a button with only an icon. */
  uniform?: boolean | undefined;
  /** As wide as its container. */
  block?: boolean | undefined;
  disabled?: boolean | undefined;
};

/**
 * A button that sends an action or submits the surrounding form.
 *
 * @example
 * Button({ label: 'Select', onClickAction: selectItem({ id: 'item_1' }) })
 */
export function Button(props: Props<Button>): Button {
  return build('Button', props);
}

type Choice = Field & {
  /** Sent when the user chooses, with the field's value in the payload. */
  onChangeAction?: ActionConfig | undefined;
};

type Dropdown = {
  placeholder?: string | undefined;
  variant?: ControlVariant | undefined;
  size?: ControlSize | undefined;
  /** Fully round ends. */
  pill?: boolean | undefined;
  /** As wide as its container. */
  block?: boolean | undefined;
  /** Let the user clear the value. */
  clearable?: boolean | undefined;
};

/** An option of a `Select`. */
export type SelectOption = {
  value: string;
  label: string;
  disabled?: boolean | undefined;
  /** A second line below the label. */
  description?: string | undefined;
};

/** The data that the builder of the same name returns. */
export type Select = Base<'Select'> &
  Choice &
  Dropdown & {
    options: SelectOption[];
    /** The `value` of an option. */
    defaultValue?: string | undefined;
    /** Show a search field. Default: with more than 15 options. */
    searchable?: boolean | undefined;
  };

/**
 * A dropdown list.
 *
 * @example
 * Select({ name: 'size', options: [{ value: 's', label: 'Small' }, { value: 'l', label: 'Large' }] })
 */
export function Select(props: Props<Select>): Select {
  return build('Select', props);
}

/** The data that the builder of the same name returns. */
export type DatePicker = Base<'DatePicker'> &
  Choice &
  Dropdown & {
    /** In ISO 8601: `2030-05-01T00:00:00Z`. */
    defaultValue?: string | undefined;
    /** The first date that can be chosen, in ISO 8601. */
    min?: string | undefined;
    /** The last date that can be chosen, in ISO 8601. */
    max?: string | undefined;
    /** The side on which the calendar opens, if there is room. */
    side?: 'top' | 'bottom' | 'left' | 'right' | undefined;
    align?: 'start' | 'center' | 'end' | undefined;
  };

/**
 * A date picker with a calendar.
 *
 * @example
 * DatePicker({ name: 'arrival', min: new Date().toISOString() })
 */
export function DatePicker(props: Props<DatePicker>): DatePicker {
  return build('DatePicker', props);
}

/** The data that the builder of the same name returns. */
export type Checkbox = Base<'Checkbox'> &
  Choice & {
    label?: string | undefined;
    defaultChecked?: boolean | undefined;
    required?: boolean | undefined;
  };

/**
 * A checkbox: yes or no.
 *
 * @example
 * Checkbox({ name: 'agreed', label: 'I agree', required: true })
 */
export function Checkbox(props: Props<Checkbox>): Checkbox {
  return build('Checkbox', props);
}

/** An option of a `RadioGroup`. */
export type RadioOption = { label: string; value: string; disabled?: boolean | undefined };

/** The data that the builder of the same name returns. */
export type RadioGroup = Base<'RadioGroup'> &
  Choice & {
    options?: RadioOption[] | undefined;
    /** The name for screen readers. Default: `name`. */
    ariaLabel?: string | undefined;
    /** The `value` of an option. */
    defaultValue?: string | undefined;
    direction?: Direction | undefined;
    required?: boolean | undefined;
  };

/**
 * A choice from options that are all visible.
 *
 * @example
 * RadioGroup({ name: 'pace', options: [{ value: 'slow', label: 'Slow' }, { value: 'fast', label: 'Fast' }] })
 */
export function RadioGroup(props: Props<RadioGroup>): RadioGroup {
  return build('RadioGroup', props);
}

/** The data that the builder of the same name returns. */
export type Label = Base<'Label'> & {
  value: string;
  /** The `name` of the control that the label belongs to. */
  fieldName: string;
  size?: TextSize | undefined;
  weight?: FontWeight | undefined;
  textAlign?: TextAlign | undefined;
  /** A colour of text (`secondary`, `danger`), or any other. */
  color?: Color | undefined;
};

/**
 * The text that names a control.
 *
 * @example
 * Label({ value: 'E-mail', fieldName: 'email' })
 */
export function Label(props: Props<Label>): Label {
  return build('Label', props);
}
