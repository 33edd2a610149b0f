import { build } from './build';
import type { Props } from './props';
import type { Base, CaptionSize, Color, FontWeight, TextAlign, TextSize, TitleSize } from './values';

type Typography = {
  value: string;
  /** `prose`, `primary`, `emphasis`, `secondary`, `tertiary`, `success`, `warning`, `danger`, or any other colour. */
  color?: Color | undefined;
  weight?: FontWeight | undefined;
  textAlign?: TextAlign | undefined;
  /** Cut text that does not fit, with an ellipsis. */
  truncate?: boolean | undefined;
  /** Show this many lines at most. */
  maxLines?: number | undefined;
};

/** Makes a text an editable field of the surrounding form. */
export type Editable = {
  /** The field's name in the payload. A dotted name creates nested objects. */
  name: string;
  autoFocus?: boolean | undefined;
  /** Select the whole text on focus. */
  autoSelect?: boolean | undefined;
  /** HTML's `autocomplete`: `'email'`. */
  autoComplete?: string | undefined;
  /** Let password managers fill it in. */
  allowAutofillExtensions?: boolean | undefined;
  /** A regular expression that the whole text must match. */
  pattern?: string | undefined;
  placeholder?: string | undefined;
  required?: boolean | undefined;
};

/** The data that the builder of the same name returns. */
export type Text = Base<'Text'> &
  Typography & {
    /** More text will follow. New text fades in. */
    streaming?: boolean | undefined;
    italic?: boolean | undefined;
    lineThrough?: boolean | undefined;
    /** In pixels, or CSS. */
    width?: number | string | undefined;
    size?: TextSize | undefined;
    /** Reserve space for at least this many lines. */
    minLines?: number | undefined;
    editable?: false | Editable | undefined;
  };

/**
 * Plain text. With an `id` it can be streamed. With `editable` it is a form field.
 *
 * @example
 * Text({ value: 'Hi', weight: 'semibold' })
 */
export function Text(props: Props<Text>): Text {
  return build('Text', props);
}

/** The data that the builder of the same name returns. */
export type Title = Base<'Title'> & Typography & { size?: TitleSize | undefined };

/**
 * A heading.
 *
 * @example
 * Title({ value: 'Your order', size: 'sm' })
 */
export function Title(props: Props<Title>): Title {
  return build('Title', props);
}

/** The data that the builder of the same name returns. */
export type Caption = Base<'Caption'> & Typography & { size?: CaptionSize | undefined };

/**
 * Small text beside or below something else.
 *
 * @example
 * Caption({ value: 'Updated a minute ago' })
 */
export function Caption(props: Props<Caption>): Caption {
  return build('Caption', props);
}

/** The data that the builder of the same name returns. */
export type Markdown = Base<'Markdown'> & {
  value: string;
  /** More text will follow. New text fades in. */
  streaming?: boolean | undefined;
};

/**
 * Text in Markdown. With an `id` it can be streamed.
 *
 * @example
 * Markdown({ id: 'answer', value: text, streaming: true })
 */
export function Markdown(props: Props<Markdown>): Markdown {
  return build('Markdown', props);
}
