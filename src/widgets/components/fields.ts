import { build } from './build';
import type { Props } from './props';
import type { Base, ControlSize, GutterSize } from './values';

/** What every control has that holds a value. */
export type Field = {
  /** Its name in the payload; a dotted one (`address.city`) makes nested objects. */
  name: string;
  disabled?: boolean | undefined;
};

type TextField = Field & {
  defaultValue?: string | undefined;
  required?: boolean | undefined;
  /** A regular expression that the whole value must match. */
  pattern?: string | undefined;
  placeholder?: string | undefined;
  /** Let password managers fill it in. */
  allowAutofillExtensions?: boolean | undefined;
  /** Select all of the value when it appears. */
  autoSelect?: boolean | undefined;
  /** Put the caret here when it appears. */
  autoFocus?: boolean | undefined;
  variant?: 'soft' | 'outline' | undefined;
  size?: ControlSize | undefined;
  /** The space at its ends; as `size` says by default. */
  gutterSize?: GutterSize | undefined;
};

/** The component that the builder of the same name makes. */
export type Input = Base<'Input'> &
  TextField & {
    inputType?: 'number' | 'email' | 'text' | 'password' | 'tel' | 'url' | undefined;
    /** Fully round ends. */
    pill?: boolean | undefined;
  };

/**
 * A field for one line of text.
 *
 * @example
 * Input({ name: 'email', inputType: 'email', required: true })
 */
export function Input(props: Props<Input>): Input {
  return build('Input', props);
}

/** The component that the builder of the same name makes. */
export type Textarea = Base<'Textarea'> &
  TextField & {
    /** How many lines it shows at first. */
    rows?: number | undefined;
    /** Grow with the text. */
    autoResize?: boolean | undefined;
    /** How many lines it grows to, with `autoResize`. */
    maxRows?: number | undefined;
  };

/**
 * A field for several lines of text.
 *
 * @example
 * Textarea({ name: 'comment', rows: 3, autoResize: true })
 */
export function Textarea(props: Props<Textarea>): Textarea {
  return build('Textarea', props);
}
