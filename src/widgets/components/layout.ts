import { build } from './build';
import type * as component from './component';
import type { Props } from './props';

/** The data that the builder of the same name returns. */
export type Box = component.Box;

/**
 * A box that lays out its children in a row or a column.
 *
 * @example
 * Box({ padding: 3, background: 'surface-secondary', children: [Text({ value: 'Note' })] })
 */
export function Box(props: Props<Box>): Box {
  return build('Box', props);
}

/** The data that the builder of the same name returns. */
export type Row = component.Row;

/**
 * Children side by side.
 *
 * @example
 * Row({ gap: 2, children: [Icon({ name: 'mail' }), Text({ value: address })] })
 */
export function Row(props: Props<Row>): Row {
  return build('Row', props);
}

/** The data that the builder of the same name returns. */
export type Col = component.Col;

/**
 * Children one below the other.
 *
 * @example
 * Col({ gap: 1, children: [Title({ value: name }), Caption({ value: city })] })
 */
export function Col(props: Props<Col>): Col {
  return build('Col', props);
}

/** The data that the builder of the same name returns. */
export type Form = component.Form;

/**
 * A form: every action sent from inside carries the values of all its fields in the payload.
 *
 * @example
 * Form({ onSubmitAction: signUp.form(), children: [Input({ name: 'email' }), Button({ label: 'Go', submit: true })] })
 */
export function Form(props: Props<Form>): Form {
  return build('Form', props);
}

/** The data that the builder of the same name returns. */
export type Transition = component.Transition;

/**
 * Animates the change from one child to the next. It accepts one child.
 *
 * @example
 * Transition({ children: done ? Text({ key: 'done', value: 'Sent' }) : Button({ key: 'send', label: 'Send' }) })
 */
export function Transition(props: Props<Transition>): Transition {
  return build('Transition', props);
}
