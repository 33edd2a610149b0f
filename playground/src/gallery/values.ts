import type { Border, Borders, Radius, Spacing } from 'chatkit-controllers/widgets';
import { all, type Prop } from './spec';

/** Values that several components share. */
export const SIZES = all<Prop<'Button', 'size'>>()('3xs', '2xs', 'xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl');
export const RADII = all<Radius>()(
  'none',
  '2xs',
  'xs',
  'sm',
  'md',
  'lg',
  'xl',
  '2xl',
  '3xl',
  '4xl',
  'full',
  '100%',
);
export const ALIGN = all<Prop<'Row', 'align'>>()('start', 'center', 'end', 'baseline', 'stretch');
export const JUSTIFY = all<Prop<'Row', 'justify'>>()(
  'start',
  'center',
  'end',
  'between',
  'around',
  'evenly',
  'stretch',
);
export const WRAP = all<Prop<'Row', 'wrap'>>()('nowrap', 'wrap', 'wrap-reverse');
export const DIRECTION = all<Prop<'Box', 'direction'>>()('row', 'col');
export const TEXT_ALIGN = all<Prop<'Text', 'textAlign'>>()('start', 'center', 'end');
export const WEIGHTS = all<Prop<'Text', 'weight'>>()('normal', 'medium', 'semibold', 'bold');
export const TEXT_SIZES = all<Prop<'Text', 'size'>>()('xs', 'sm', 'md', 'lg', 'xl');
export const VARIANTS = all<Prop<'Button', 'variant'>>()('solid', 'soft', 'outline', 'ghost');
export const THEMES = all<Prop<'Card', 'theme'>>()('light', 'dark');
export const LINES = all<NonNullable<Border['style']>>()(
  'solid',
  'dashed',
  'dotted',
  'double',
  'groove',
  'ridge',
  'inset',
  'outset',
);
export const TEXT_COLORS = [
  'prose',
  'primary',
  'emphasis',
  'secondary',
  'tertiary',
  'success',
  'warning',
  'danger',
  'blue-500',
  '#b4008c',
  { light: '#a33000', dark: '#ffb28a' },
] as const;
export const SURFACES = [
  'surface',
  'surface-secondary',
  'surface-tertiary',
  'surface-elevated',
  'surface-elevated-secondary',
  'green-100',
  'alpha-10',
  'linear-gradient(120deg, #fde2e4, #cddafd)',
  { light: '#fff3c4', dark: '#4a3c00' },
] as const;
export const BORDERS: readonly (number | Border | Borders)[] = [
  1,
  3,
  ...LINES.map((style) => ({ size: 4, style, color: 'strong' as const })),
  { size: 2, color: 'default' },
  { size: 2, color: 'subtle' },
  { size: 2, color: 'red-400' },
  { top: 2, bottom: { size: 4, color: 'blue-400' } },
  { x: 3, y: 1 },
];
export const SPACINGS: readonly (number | string | Spacing)[] = [
  0,
  2,
  4.5,
  '20px',
  { x: 6, y: 2 },
  { top: 1, right: 6, bottom: 4, left: 2 },
];
export const GAPS = [0, 1, 4, '24px'] as const;
export const LENGTHS = [64, 120, '50%'] as const;
export const FLEX = [1, '1 1 120px'] as const;
