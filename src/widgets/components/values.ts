/** Props of every component. */
export type Base<TType extends string> = {
  type: TType;
  /** Distinguishes this component from its siblings when a list changes. */
  key?: string | undefined;
  /** Identifies the component, so that it can be updated separately. */
  id?: string | undefined;
};

/** A colour for each theme. */
export type ThemeColor = { dark: string; light: string };

/**
 * A token (the prop determines which ones), a shade such as `red-100` or `gray-500`, any CSS colour, or one
 * colour for each theme.
 */
export type Color = string | ThemeColor;

export type Theme = 'light' | 'dark';
export type Direction = 'row' | 'col';

/** Spacing for each side. Numbers are in spacing units, strings are CSS (`'12px'`). */
export type Spacing = {
  top?: number | string | undefined;
  right?: number | string | undefined;
  bottom?: number | string | undefined;
  left?: number | string | undefined;
  /** Left and right. */
  x?: number | string | undefined;
  /** Top and bottom. */
  y?: number | string | undefined;
};

/** A border, on all sides or on one. */
export type Border = {
  /** In pixels. */
  size: number;
  /** `default`, `subtle`, `strong`, or any other colour. */
  color?: Color | undefined;
  style?: 'solid' | 'dashed' | 'dotted' | 'double' | 'groove' | 'ridge' | 'inset' | 'outset' | undefined;
};

/** A border for each side. Numbers are in pixels. */
export type Borders = {
  top?: number | Border | undefined;
  right?: number | Border | undefined;
  bottom?: number | Border | undefined;
  left?: number | Border | undefined;
  /** Left and right. */
  x?: number | Border | undefined;
  /** Top and bottom. */
  y?: number | Border | undefined;
};

/** The corner radius. */
export type Radius =
  '2xs' | 'xs' | 'sm' | 'md' | 'lg' | 'xl' | '2xl' | '3xl' | '4xl' | 'full' | '100%' | 'none';

export type Alignment = 'start' | 'center' | 'end' | 'baseline' | 'stretch';
export type Justification = 'start' | 'center' | 'end' | 'between' | 'around' | 'evenly' | 'stretch';

export type TextAlign = 'start' | 'center' | 'end';
export type FontWeight = 'normal' | 'medium' | 'semibold' | 'bold';
export type TextSize = 'xs' | 'sm' | 'md' | 'lg' | 'xl';
export type TitleSize = 'sm' | 'md' | 'lg' | 'xl' | '2xl' | '3xl' | '4xl' | '5xl';
export type CaptionSize = 'sm' | 'md' | 'lg';
export type IconSize = 'xs' | 'sm' | 'md' | 'lg' | 'xl' | '2xl' | '3xl';

export type ControlVariant = 'solid' | 'soft' | 'outline' | 'ghost';
export type ControlSize = '3xs' | '2xs' | 'xs' | 'sm' | 'md' | 'lg' | 'xl' | '2xl' | '3xl';
export type GutterSize = '2xs' | 'xs' | 'sm' | 'md' | 'lg' | 'xl';

/** Width, height and their limits. Numbers are in pixels, strings are CSS (`'50%'`). */
export type SizeProps = {
  height?: number | string | undefined;
  width?: number | string | undefined;
  /** Sets both width and height. */
  size?: number | string | undefined;
  minHeight?: number | string | undefined;
  minWidth?: number | string | undefined;
  /** Sets both `minWidth` and `minHeight`. */
  minSize?: number | string | undefined;
  maxHeight?: number | string | undefined;
  maxWidth?: number | string | undefined;
  /** Sets both `maxWidth` and `maxHeight`. */
  maxSize?: number | string | undefined;
  /** Width by height: `16 / 9`, or CSS. */
  aspectRatio?: number | string | undefined;
};

/** Size, corners and outer spacing. */
export type BlockProps = SizeProps & {
  radius?: Radius | undefined;
  /** The outer space, in spacing units or CSS. */
  margin?: number | string | Spacing | undefined;
};
