import { build } from './build';
import type { Props } from './props';
import type { Base, Color } from './values';

/** The component that the builder of the same name makes. */
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

/** The component that the builder of the same name makes. */
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
