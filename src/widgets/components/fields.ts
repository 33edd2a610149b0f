import { build } from './build';
import type { Props } from './props';
import type { Base, ControlSize, GutterSize } from './values';

/** Props of every control with a value. */
export type Field = {
  /** The field's name in the payload. A dotted name (`address.city`) creates nested objects. */
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
  /** Select the whole value when the field appears. */
  autoSelect?: boolean | undefined;
  /** Focus the field when it appears. */
  autoFocus?: boolean | undefined;
  variant?: 'soft' | 'outline' | undefined;
  size?: ControlSize | undefined;
  /** The space at both ends. Default: depends on `size`. */
  gutterSize?: GutterSize | undefined;
};

/** The data that the builder of the same name returns. */
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

/** The data that the builder of the same name returns. */
export type Textarea = Base<'Textarea'> &
  TextField & {
    /** The initial number of lines. */
    rows?: number | undefined;
    /** Grow with the text. */
    autoResize?: boolean | undefined;
    /** The maximum number of lines with `autoResize`. */
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
