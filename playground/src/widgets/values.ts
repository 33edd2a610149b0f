import { BORDERS, CHART_COLORS, RADIUS, SHADE, ALPHA, SPACING_PX, SURFACES, TEXT_COLORS } from './tokens';
import { noteToken } from './widget-notes';

/** The uses of colours; each has its own tokens. */
export type ColorUse = 'text' | 'surface' | 'border' | 'chart';

const TOKENS: Readonly<Record<ColorUse, Readonly<Record<string, string>>>> = {
  text: TEXT_COLORS,
  surface: SURFACES,
  border: BORDERS,
  chart: CHART_COLORS,
};

/** CSS functions that load no external resource. All other functions are rejected. */
const HARMLESS = new Set(
  (
    'rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark calc min max clamp fit-content ' +
    'linear-gradient radial-gradient conic-gradient repeating-linear-gradient repeating-radial-gradient repeating-conic-gradient'
  ).split(' '),
);

/** Returns CSS that loads nothing and stays within its property; undefined for other text. */
export function harmless(text: string): string | undefined {
  if (text.length > 500 || !/^[\w\s.,%#()+\-*/]*$/.test(text)) return undefined;
  const functions = [...text.matchAll(/([\w-]*)\(/g)].map(([, name = '']) => name.toLowerCase());
  return functions.every((name) => name === '' || HARMLESS.has(name)) ? text : undefined;
}

/** Converts a widget's colour to CSS: a token, a shade, CSS, or one of these per theme. */
export function color(value: unknown, use: ColorUse): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'object') {
    const { light, dark } = value as { light?: unknown; dark?: unknown };
    const [bright, dim] = [color(light, use), color(dark, use)];
    if (bright === undefined || dim === undefined) return bright ?? dim;
    return bright === dim ? bright : `var(--is-light, ${bright}) var(--is-dark, ${dim})`;
  }
  if (typeof value !== 'string') return unknown(value, use);
  const token = Object.hasOwn(TOKENS[use], value) ? TOKENS[use][value] : undefined;
  if (token !== undefined) return token;
  if (SHADE.test(value)) return `var(--${value})`;
  if (value === 'white' || value === 'black' || value === 'transparent' || value === 'none')
    return value === 'none' ? 'transparent' : value;
  const alpha = ALPHA.exec(value)?.[1];
  if (alpha !== undefined)
    return `color-mix(in oklab, var(--alpha-base) ${String(Number(alpha))}%, transparent)`;
  const css = harmless(value);
  const property = use === 'surface' ? 'background' : 'color';
  return css !== undefined && CSS.supports(property, css) ? css : unknown(value, use);
}

function unknown(value: unknown, use: ColorUse): string | undefined {
  noteToken(`${use} colour`, value);
  return undefined;
}

/** Spacing: numbers in units of 4 pixels, strings as CSS. */
export function spacing(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return `${String(value * SPACING_PX)}px`;
  return length(value);
}

/** Lengths: numbers in pixels, strings as CSS. */
export function length(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return `${String(value)}px`;
  const css = typeof value === 'string' ? harmless(value) : undefined;
  if (css === undefined) noteToken('length', value);
  return css;
}

export function radius(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const found = pick(RADIUS, value, 'radius');
  return typeof found === 'number' ? `${String(found)}px` : found;
}

/** The value of a token; an unknown one is noted. */
export function pick<T>(tokens: Readonly<Record<string, T>>, value: unknown, what: string): T | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && Object.hasOwn(tokens, value)) return tokens[value];
  noteToken(what, value);
  return undefined;
}

/** A number or CSS, for `flex` and `aspectRatio`. */
export function plain(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' ? harmless(value) : undefined;
}
