/*
 * All tokens and units of ChatKit's widgets, with their sources: "reference" is the doc comments of
 * openai-chatkit's widgets.py, "system" is OpenAI's design system @openai/apps-sdk-ui 0.2, "ours" is our
 * choice where nothing is documented; docs/playground.md lists those.
 */

/** A spacing unit, in pixels (reference; system `--spacing`). For gap, padding, margin, Divider.spacing. */
export const SPACING_PX = 4;

/** Corners, in pixels (system `--radius-*`; `100%` and `none`: reference). */
export const RADIUS: Readonly<Record<string, number | string>> = {
  none: 0,
  '2xs': 2,
  xs: 4,
  sm: 6,
  md: 8,
  lg: 10,
  xl: 12,
  '2xl': 16,
  '3xl': 20,
  '4xl': 24,
  full: 9999,
  '100%': '100%',
};

/** Size and line height of text, in pixels (system `--font-text-*`; xl: ours). */
export const TEXT_SIZE: Readonly<Record<string, readonly [number, number]>> = {
  xs: [12, 18],
  sm: [14, 20],
  md: [16, 24],
  lg: [18, 29],
  xl: [20, 32],
};

/** Captions are one step smaller than text (ours; 2xs is the system's). */
export const CAPTION_SIZE: Readonly<Record<string, readonly [number, number]>> = {
  sm: [11, 16],
  md: [12, 18],
  lg: [14, 20],
};

/** Headings (system `--font-heading-*`). */
export const TITLE_SIZE: Readonly<Record<string, readonly [number, number]>> = {
  sm: [18, 26],
  md: [20, 26],
  lg: [24, 28],
  xl: [32, 38],
  '2xl': [36, 42],
  '3xl': [48, 48],
  '4xl': [60, 60],
  '5xl': [72, 72],
};

/** System `--font-weight-*`. */
export const WEIGHT: Readonly<Record<string, number>> = {
  normal: 400,
  medium: 500,
  semibold: 600,
  bold: 700,
};

/** Height of controls, in pixels (system `--control-size-*`). */
export const CONTROL_SIZE: Readonly<Record<string, number>> = {
  '3xs': 22,
  '2xs': 24,
  xs: 26,
  sm: 28,
  md: 32,
  lg: 36,
  xl: 40,
  '2xl': 44,
  '3xl': 48,
};

/** The horizontal padding of a control, in pixels (system `--control-gutter-*`). */
export const GUTTER: Readonly<Record<string, number>> = { '2xs': 6, xs: 8, sm: 10, md: 12, lg: 14, xl: 16 };

/** The default gutter of a control, by size (ours). */
export const GUTTER_OF_SIZE: Readonly<Record<string, number>> = {
  '3xs': 6,
  '2xs': 8,
  xs: 8,
  sm: 10,
  md: 12,
  lg: 14,
  xl: 16,
  '2xl': 16,
  '3xl': 16,
};

/** Icons in controls, in pixels (system `--control-icon-size-*`). */
export const CONTROL_ICON: Readonly<Record<string, number>> = {
  xs: 14,
  sm: 16,
  md: 18,
  lg: 20,
  xl: 22,
  '2xl': 24,
};

/** Standalone icons: the same scale; 3xl is ours. */
export const ICON_SIZE: Readonly<Record<string, number>> = { ...CONTROL_ICON, '3xl': 28 };

/** Height of badges, in pixels (system `--badge-size-*`). */
export const BADGE_SIZE: Readonly<Record<string, number>> = { sm: 20, md: 22, lg: 24 };

/** The width of a card, in pixels (ours: the reference only names the sizes). */
export const CARD_WIDTH: Readonly<Record<string, number | string>> = {
  sm: 360,
  md: 480,
  lg: 600,
  full: '100%',
};

/** The number of items that a list shows with `limit: 'auto'` (ours). */
export const AUTO_LIMIT = 5;

/** With more options than this, a Select has a search field (reference). */
export const SEARCH_ABOVE = 15;

/** Text colours by token (reference; system `--color-text-*`). */
export const TEXT_COLORS: Readonly<Record<string, string>> = {
  prose: 'var(--text)',
  primary: 'var(--text)',
  emphasis: 'var(--text)',
  secondary: 'var(--text-secondary)',
  tertiary: 'var(--text-tertiary)',
  success: 'var(--text-success)',
  warning: 'var(--text-warning)',
  danger: 'var(--text-danger)',
  info: 'var(--text-info)',
  discovery: 'var(--text-discovery)',
  caution: 'var(--text-caution)',
};

/** Backgrounds by token (reference; system `--color-surface*`). */
export const SURFACES: Readonly<Record<string, string>> = {
  surface: 'var(--surface)',
  'surface-secondary': 'var(--surface-secondary)',
  'surface-tertiary': 'var(--surface-tertiary)',
  'surface-elevated': 'var(--surface-elevated)',
  'surface-elevated-secondary': 'var(--surface-elevated-secondary)',
};

/** Borders by token (reference; system `--color-border*`). */
export const BORDERS: Readonly<Record<string, string>> = {
  subtle: 'var(--border-subtle)',
  default: 'var(--border-default)',
  strong: 'var(--border-strong)',
};

/** Series of charts by token (reference); each series without a colour gets the next. */
export const CHART_COLORS: Readonly<Record<string, string>> = {
  blue: 'var(--blue-400)',
  purple: 'var(--purple-400)',
  orange: 'var(--orange-400)',
  green: 'var(--green-500)',
  red: 'var(--red-400)',
  yellow: 'var(--yellow-400)',
  pink: 'var(--pink-400)',
};

/** Shades: `red-100`, `gray-500`, `blue-a50`. */
export const SHADE =
  /^(?:gray|green|red|pink|orange|yellow|purple|blue)-(?:a(?:25|50|75|100|200|300)|\d{1,4})$/;

/** `alpha-05` to `alpha-90`: this percentage of black or white (system; any number: ours). */
export const ALPHA = /^alpha-(\d{1,3})$/;
