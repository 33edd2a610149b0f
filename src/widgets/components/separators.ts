import { build } from './build';
import type { Props } from './props';
import type { Base, Color } from './values';

/** The data that the builder of the same name returns. */
export type Spacer = Base<'Spacer'> & {
  /** The minimum size when there is no room, in pixels or CSS. */
  minSize?: number | string | undefined;
};

/**
 * Takes the remaining space and so pushes its siblings apart.
 *
 * @example
 * Row({ children: [Text({ value: name }), Spacer(), Badge({ label: 'New' })] })
 */
export function Spacer(props: Props<Spacer> = {}): Spacer {
  return build('Spacer', props);
}

/** The data that the builder of the same name returns. */
export type Divider = Base<'Divider'> & {
  /** `default`, `subtle`, `strong`, or any other colour. */
  color?: Color | undefined;
  /** The thickness of the line, in pixels or CSS. */
  size?: number | string | undefined;
  /** The space above and below the line, in spacing units or CSS. */
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
