import { build } from './build';
import type { WidgetIcon } from './icons';
import type { Props } from './props';
import type { Base, BlockProps, Color, IconSize } from './values';

/** The component that the builder of the same name makes. */
export type Badge = Base<'Badge'> & {
  label: string;
  color?: 'secondary' | 'success' | 'danger' | 'warning' | 'info' | 'discovery' | undefined;
  variant?: 'solid' | 'soft' | 'outline' | undefined;
  size?: 'sm' | 'md' | 'lg' | undefined;
  /** Fully round ends. */
  pill?: boolean | undefined;
};

/**
 * A word in a coloured frame: a state, a category, a count.
 *
 * @example
 * Badge({ label: 'Paid', color: 'success' })
 */
export function Badge(props: Props<Badge>): Badge {
  return build('Badge', props);
}

/** The component that the builder of the same name makes. */
export type Icon = Base<'Icon'> & {
  name: WidgetIcon;
  /** A colour of text (`secondary`, `danger`), or any other. */
  color?: Color | undefined;
  size?: IconSize | undefined;
};

/**
 * An icon by its name.
 *
 * @example
 * Icon({ name: 'check-circle', color: 'success' })
 */
export function Icon(props: Props<Icon>): Icon {
  return build('Icon', props);
}

/** The component that the builder of the same name makes. */
export type Image = Base<'Image'> &
  BlockProps & {
    /** Its URL; the thread's `allowed_image_domains` may limit from where. */
    src: string;
    /** For those who do not see it. */
    alt?: string | undefined;
    /** Draw a thin frame around it. */
    frame?: boolean | undefined;
    /** How it fills its box, as CSS `object-fit`. */
    fit?: 'cover' | 'contain' | 'fill' | 'scale-down' | 'none' | undefined;
    /** The part that stays in view when it is cut. */
    position?:
      | 'top left'
      | 'top'
      | 'top right'
      | 'left'
      | 'center'
      | 'right'
      | 'bottom left'
      | 'bottom'
      | 'bottom right'
      | undefined;
    /** Reach the container's edges, over its padding. */
    flush?: boolean | undefined;
    /** Seen while it loads and through it: `surface`, `surface-secondary`, …, or any other colour. */
    background?: Color | undefined;
    /** How it grows and shrinks beside its siblings, as CSS `flex`. */
    flex?: number | string | undefined;
  };

/**
 * An image from a URL.
 *
 * @example
 * Image({ src: 'https://shop.example/tea.png', alt: 'A cup of tea', size: 64, radius: 'md' })
 */
export function Image(props: Props<Image>): Image {
  return build('Image', props);
}
