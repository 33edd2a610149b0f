import fc, { type Arbitrary } from 'fast-check';
import type {
  Alignment,
  BlockProps,
  Border,
  Borders,
  CaptionSize,
  Color,
  ControlSize,
  ControlVariant,
  Direction,
  FontWeight,
  GutterSize,
  IconSize,
  Justification,
  Radius,
  SizeProps,
  Spacing,
  TextAlign,
  TextSize,
  Theme,
  TitleSize,
} from '../../../src/widgets/components/values';
import type { WidgetIcon } from '../../../src/widgets/components';
import { object, some, type Optional } from './shape';

/** What is written to be taken for something else on its way: nulls, frames, halves of an emoji. */
const TRICKY = [
  '',
  'null',
  ':null,',
  '[null]',
  '"value":null',
  'data: {}\n\n',
  '\r\n',
  '\u2028\u2029',
  '</script>',
  '\\u0000\u0000',
  '"\\',
  'déjà 漢字 עברית',
  '👩‍👩‍👧',
  '\ud83d',
  '\ude00!',
];

export const text: Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 8 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
  { weight: 2, arbitrary: fc.constantFrom(...TRICKY) },
);
export const flag: Arbitrary<boolean> = fc.boolean();
export const number: Arbitrary<number> = fc.oneof(
  fc.integer({ min: -3, max: 99 }),
  fc.constantFrom(-0, 0.1, 1e21, 5e-324, Number.MAX_SAFE_INTEGER),
);
export const dimension: Arbitrary<number | string> = fc.oneof(number, fc.constantFrom('50%', '12px', 'auto'));

/** Few enough to be met twice in a widget, which makes them useless as the address of an update. */
export const id: Arbitrary<string> = fc.oneof(
  { weight: 20, arbitrary: fc.nat({ max: 60 }).map((n) => `c${String(n)}`) },
  { weight: 10, arbitrary: fc.nat({ max: 9 }).map(ownId) },
  { weight: 3, arbitrary: fc.constantFrom('', 'id', 'type', '__proto__', 'constructor', '漢字', '\ud83d') },
  { weight: 1, arbitrary: text },
);

/** The id of the n-th component where each has its own. */
export function ownId(n: number): string {
  return `own${String(n)}`;
}

export function list<T>(of: Arbitrary<T>, maxLength = 3): Arbitrary<T[]> {
  return fc.array(of, { maxLength });
}

const themed = fc.record({ dark: text, light: text });
export const color: Arbitrary<Color> = fc.oneof(fc.constantFrom('red-100', 'secondary', '#fff'), themed);
export const icon: Arbitrary<WidgetIcon> = fc.constantFrom('star', 'mail', 'lucide:anchor', 'vendor:acme');
export const theme: Arbitrary<Theme> = fc.constantFrom('light', 'dark');
export const direction: Arbitrary<Direction> = fc.constantFrom('row', 'col');
export const alignment: Arbitrary<Alignment> = fc.constantFrom(
  'start',
  'center',
  'end',
  'baseline',
  'stretch',
);
export const justification: Arbitrary<Justification> = fc.constantFrom(
  'start',
  'between',
  'around',
  'evenly',
);
export const textAlign: Arbitrary<TextAlign> = fc.constantFrom('start', 'center', 'end');
export const weight: Arbitrary<FontWeight> = fc.constantFrom('normal', 'medium', 'semibold', 'bold');
export const textSize: Arbitrary<TextSize> = fc.constantFrom('xs', 'sm', 'md', 'lg', 'xl');
export const titleSize: Arbitrary<TitleSize> = fc.constantFrom('sm', '2xl', '5xl');
export const captionSize: Arbitrary<CaptionSize> = fc.constantFrom('sm', 'md', 'lg');
export const iconSize: Arbitrary<IconSize> = fc.constantFrom('xs', 'md', '3xl');
export const controlVariant: Arbitrary<ControlVariant> = fc.constantFrom('solid', 'soft', 'outline', 'ghost');
export const controlSize: Arbitrary<ControlSize> = fc.constantFrom('3xs', 'md', '3xl');
export const gutterSize: Arbitrary<GutterSize> = fc.constantFrom('2xs', 'md', 'xl');
export const radius: Arbitrary<Radius> = fc.constantFrom('2xs', 'md', '100%', 'full', 'none');

/** The same for each side, where all sides take the same. */
const sides = <T>(side: Arbitrary<T>) => ({
  top: side,
  right: side,
  bottom: side,
  left: side,
  x: side,
  y: side,
});

export const spacing: Arbitrary<Spacing> = some<Spacing>(sides(dimension));
export const space: Arbitrary<number | string | Spacing> = fc.oneof(dimension, spacing);

const edge = object<Border>({ size: number }, { color, style: fc.constantFrom('solid', 'dashed', 'groove') });
export const border: Arbitrary<number | Border | Borders> = fc.oneof(
  number,
  edge,
  some<Borders>(sides(fc.oneof(number, edge))),
);

export const sizeProps: Optional<SizeProps> = {
  height: dimension,
  width: dimension,
  size: dimension,
  minHeight: dimension,
  minWidth: dimension,
  minSize: dimension,
  maxHeight: dimension,
  maxWidth: dimension,
  maxSize: dimension,
  aspectRatio: dimension,
};
export const blockProps: Optional<BlockProps> = { ...sizeProps, radius, margin: space };
