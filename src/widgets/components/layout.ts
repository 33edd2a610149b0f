import type { ActionConfig } from '../../protocol';
import { build } from './build';
import type { Component } from './component';
import type { Props } from './props';
import type {
  Alignment,
  Base,
  BlockProps,
  Border,
  Borders,
  Color,
  Direction,
  Justification,
  Spacing,
} from './values';

/** What all boxes that lay out children have in common. */
export type BoxProps = BlockProps & {
  children?: Component[] | undefined;
  /** Where the children stand across the direction. */
  align?: Alignment | undefined;
  /** How the children share the room along the direction. */
  justify?: Justification | undefined;
  wrap?: 'nowrap' | 'wrap' | 'wrap-reverse' | undefined;
  /** How it grows and shrinks beside its siblings, as CSS `flex`. */
  flex?: number | string | undefined;
  /** Between the children, in spacing units or CSS. */
  gap?: number | string | undefined;
  /** The space within, in spacing units or CSS. */
  padding?: number | string | Spacing | undefined;
  /** In pixels, for all sides or for each. */
  border?: number | Border | Borders | undefined;
  /** `surface`, `surface-secondary`, `surface-tertiary`, `surface-elevated`, `surface-elevated-secondary`, or any other colour. */
  background?: Color | undefined;
};

export type Box = Base<'Box'> & BoxProps & { direction?: Direction | undefined };

/**
 * A box that lays out its children in a row or a column.
 *
 * @example
 * Box({ padding: 3, background: 'surface-secondary', children: [Text({ value: 'Note' })] })
 */
export function Box(props: Props<Box>): Box {
  return build('Box', props);
}

export type Row = Base<'Row'> & BoxProps;

/**
 * Children side by side.
 *
 * @example
 * Row({ gap: 2, children: [Icon({ name: 'mail' }), Text({ value: address })] })
 */
export function Row(props: Props<Row>): Row {
  return build('Row', props);
}

export type Col = Base<'Col'> & BoxProps;

/**
 * Children one below the other.
 *
 * @example
 * Col({ gap: 1, children: [Title({ value: name }), Caption({ value: city })] })
 */
export function Col(props: Props<Col>): Col {
  return build('Col', props);
}

export type Form = Base<'Form'> &
  BoxProps & {
    onSubmitAction?: ActionConfig | undefined;
    direction?: Direction | undefined;
  };

/**
 * A form: every action that is sent from inside carries the values of all its fields in the payload.
 *
 * @example
 * Form({ onSubmitAction: signUp.form(), children: [Input({ name: 'email' }), Button({ label: 'Go', submit: true })] })
 */
export function Form(props: Props<Form>): Form {
  return build('Form', props);
}

export type Spacer = Base<'Spacer'> & {
  /** What is left of it when there is no room, in pixels or CSS. */
  minSize?: number | string | undefined;
};

/**
 * Takes the room that is left, and so pushes its siblings apart.
 *
 * @example
 * Row({ children: [Text({ value: name }), Spacer(), Badge({ label: 'New' })] })
 */
export function Spacer(props: Props<Spacer> = {}): Spacer {
  return build('Spacer', props);
}

export type Divider = Base<'Divider'> & {
  /** `default`, `subtle`, `strong`, or any other colour. */
  color?: Color | undefined;
  /** How thick the line is, in pixels or CSS. */
  size?: number | string | undefined;
  /** Above and below the line, in spacing units or CSS. */
  spacing?: number | string | undefined;
  /** Reach the container's edges, over its padding. */
  flush?: boolean | undefined;
};

/**
 * A line between two parts.
 *
 * @example
 * Divider({ spacing: 2 })
 */
export function Divider(props: Props<Divider> = {}): Divider {
  return build('Divider', props);
}

export type Transition = Base<'Transition'> & {
  /** Null shows nothing; what comes next fades in. */
  children: Component | null;
};

/**
 * Animates the change from one child to the next. It holds one child.
 *
 * @example
 * Transition({ children: done ? Text({ key: 'done', value: 'Sent' }) : Button({ key: 'send', label: 'Send' }) })
 */
export function Transition(props: Props<Transition>): Transition {
  return build('Transition', props);
}
