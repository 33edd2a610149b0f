import { BUILT_IN } from '../icons/built-in';
import { all, type Prop, type Specs } from './spec';
import {
  LENGTHS,
  RADII,
  SPACINGS,
  SURFACES,
  TEXT_ALIGN,
  TEXT_COLORS,
  TEXT_SIZES,
  WEIGHTS,
  FLEX,
} from './values';
import type { WidgetIcon } from 'chatkit-controllers/widgets';

const LONG =
  'The quick brown fox jumps over the lazy dog, runs through the wood, sleeps under a tree, and comes home late.';
const PICTURE = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="160" height="90"><rect width="160" height="90" fill="#7aa7ff"/><circle cx="40" cy="34" r="18" fill="#ffe27a"/><path d="M0 90 60 40l40 30 24-16 36 36z" fill="#2f6b4f"/></svg>')}`;

const typography = {
  color: TEXT_COLORS,
  weight: WEIGHTS,
  textAlign: TEXT_ALIGN,
  truncate: [true],
  maxLines: [1, 2],
} as const;

/** Components that show content. */
export const CONTENT_SPECS: Pick<
  Specs,
  'Text' | 'Title' | 'Caption' | 'Markdown' | 'Badge' | 'Icon' | 'Image' | 'Divider' | 'Spacer'
> = {
  Text: {
    base: { value: LONG },
    props: {
      ...typography,
      value: ['One line', 'Two\nlines'],
      streaming: [true],
      italic: [true],
      lineThrough: [true],
      width: LENGTHS,
      size: TEXT_SIZES,
      minLines: [3],
      editable: [
        { name: 'plain' },
        {
          name: 'mail',
          placeholder: 'name@example.com',
          required: true,
          pattern: '.+@.+',
          autoComplete: 'email',
          allowAutofillExtensions: true,
        },
      ],
    },
  },
  Title: {
    base: { value: 'A title that may run over more than one line' },
    props: {
      ...typography,
      value: ['A title'],
      size: all<Prop<'Title', 'size'>>()('sm', 'md', 'lg', 'xl', '2xl', '3xl', '4xl', '5xl'),
    },
  },
  Caption: {
    base: { value: LONG },
    props: {
      ...typography,
      value: ['Updated a minute ago'],
      size: all<Prop<'Caption', 'size'>>()('sm', 'md', 'lg'),
    },
  },
  Markdown: {
    base: { value: '**Bold**, *italic*, `code`' },
    props: {
      value: [
        '# Heading\n\n1. one\n2. two\n\n> quoted',
        '| a | b |\n| - | - |\n| 1 | 2 |',
        '```js\nconst answer = 42;\n```',
      ],
      streaming: [true],
    },
  },
  Badge: {
    base: { label: 'Badge' },
    props: {
      label: ['New'],
      color: all<Prop<'Badge', 'color'>>()('secondary', 'success', 'danger', 'warning', 'info', 'discovery'),
      variant: all<Prop<'Badge', 'variant'>>()('solid', 'soft', 'outline'),
      size: all<Prop<'Badge', 'size'>>()('sm', 'md', 'lg'),
      pill: [true],
    },
  },
  Icon: {
    base: { name: 'sparkle' },
    props: {
      name: [...(Object.keys(BUILT_IN) as WidgetIcon[]), 'lucide:rocket', 'lucide:bar-chart-3'],
      color: TEXT_COLORS,
      size: all<Prop<'Icon', 'size'>>()('xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl'),
    },
  },
  Image: {
    base: { src: PICTURE, alt: 'A landscape', width: 160, height: 90 },
    props: {
      src: [PICTURE, 'https://images.example/tea.png'],
      alt: ['For those who do not see it'],
      frame: [true],
      fit: all<Prop<'Image', 'fit'>>()('cover', 'contain', 'fill', 'scale-down', 'none'),
      position: all<Prop<'Image', 'position'>>()(
        'top left',
        'top',
        'top right',
        'left',
        'center',
        'right',
        'bottom left',
        'bottom',
        'bottom right',
      ),
      flush: [true],
      background: SURFACES,
      flex: FLEX,
      width: LENGTHS,
      height: LENGTHS,
      size: [48, 96],
      minWidth: [100],
      minHeight: [100],
      minSize: [100],
      maxWidth: [80],
      maxHeight: [40],
      maxSize: [60],
      aspectRatio: [1, '16 / 9'],
      radius: RADII,
      margin: SPACINGS,
    },
  },
  Divider: {
    base: {},
    props: {
      color: ['default', 'subtle', 'strong', 'orange-400'],
      size: [1, 4, '2px'],
      spacing: [0, 4, '20px'],
      flush: [true],
    },
  },
  Spacer: {
    base: {},
    props: { minSize: [24, '3rem'] },
    around: (spacer) => ({
      type: 'Row',
      children: [{ type: 'Text', value: 'Left' }, spacer, { type: 'Text', value: 'Right' }],
    }),
  },
};
