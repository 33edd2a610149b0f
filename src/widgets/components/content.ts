import { build } from './build';
import type { WidgetIcon } from './icons';
import type { Props } from './props';
import type { Base, BlockProps, Color, IconSize } from './values';

/** The data that the builder of the same name returns. */
export type Badge = Base<'Badge'> & {
  label: string;
  color?: 'secondary' | 'success' | 'danger' | 'warning' | 'info' | 'discovery' | undefined;
  variant?: 'solid' | 'soft' | 'outline' | undefined;
  size?: 'sm' | 'md' | 'lg' | undefined;
  /** Fully round ends. */
  pill?: boolean | undefined;
};

/**
 * A short label in a coloured frame: a status, a category, a count.
 *
 * @example
 * Badge({ label: 'Paid', color: 'success' })
 */
export function Badge(props: Props<Badge>): Badge {
  return build('Badge', props);
}

/** The data that the builder of the same name returns. */
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

/** The data that the builder of the same name returns. */
export type Image = Base<'Image'> &
  BlockProps & {
    /** The image URL. The thread's `allowed_image_domains` may limit its domain. */
    src: string;
    /** Text for screen readers. */
    alt?: string | undefined;
    /** Draw a thin frame around it. */
    frame?: boolean | undefined;
    /** How it fills its box, as CSS `object-fit`. */
    fit?: 'cover' | 'contain' | 'fill' | 'scale-down' | 'none' | undefined;
    /** The part that stays visible when the image is cropped. */
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
    /**
     * Visible while the image loads and through transparent parts: `surface`, `surface-secondary`, …, or any
     * other colour.
     */
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
