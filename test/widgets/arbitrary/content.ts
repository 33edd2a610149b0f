import fc from 'fast-check';
import type { Badge, Icon, Image } from '../../../src/widgets/components';
import { component } from './component';
import { blockProps, color, dimension, flag, icon, iconSize, text } from './values';

export const content = {
  Badge: component<Badge>(
    'Badge',
    { label: text },
    {
      color: fc.constantFrom('secondary', 'success', 'danger'),
      variant: fc.constantFrom('solid', 'soft', 'outline'),
      size: fc.constantFrom('sm', 'md', 'lg'),
      pill: flag,
    },
  ),
  Icon: component<Icon>('Icon', { name: icon }, { color, size: iconSize }),
  Image: component<Image>(
    'Image',
    { src: text },
    {
      ...blockProps,
      alt: text,
      frame: flag,
      fit: fc.constantFrom('cover', 'contain', 'none'),
      position: fc.constantFrom('top left', 'center', 'bottom right'),
      flush: flag,
      background: color,
      flex: dimension,
    },
  ),
};
