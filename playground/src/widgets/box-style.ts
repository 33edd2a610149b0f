import type { CSSProperties } from 'react';
import { color, length, plain, radius, spacing } from './values';

type Props = Readonly<Record<string, unknown>>;

const ALIGN: Readonly<Record<string, string>> = {
  start: 'flex-start',
  center: 'center',
  end: 'flex-end',
  baseline: 'baseline',
  stretch: 'stretch',
};
const JUSTIFY: Readonly<Record<string, string>> = {
  start: 'flex-start',
  center: 'center',
  end: 'flex-end',
  between: 'space-between',
  around: 'space-around',
  evenly: 'space-evenly',
  stretch: 'stretch',
};
const LINE_STYLES = new Set(['solid', 'dashed', 'dotted', 'double', 'groove', 'ridge', 'inset', 'outset']);

/** Size, corners and margin of a block. */
export function blockStyle(props: Props): CSSProperties {
  const { size, minSize, maxSize } = props;
  return clean({
    width: length(props['width'] ?? size),
    height: length(props['height'] ?? size),
    minWidth: length(props['minWidth'] ?? minSize),
    minHeight: length(props['minHeight'] ?? minSize),
    maxWidth: length(props['maxWidth'] ?? maxSize),
    maxHeight: length(props['maxHeight'] ?? maxSize),
    aspectRatio: plain(props['aspectRatio']),
    borderRadius: radius(props['radius']),
    ...sides('margin', props['margin']),
    flex: plain(props['flex']),
  });
}

/** All styles of a box and the layout of its children. */
export function boxStyle(props: Props, direction: unknown): CSSProperties {
  const wrap = props['wrap'];
  return clean({
    ...blockStyle(props),
    display: 'flex',
    flexDirection: direction === 'row' ? 'row' : 'column',
    alignItems: one(ALIGN, props['align']),
    justifyContent: one(JUSTIFY, props['justify']),
    flexWrap: wrap === 'wrap' || wrap === 'wrap-reverse' || wrap === 'nowrap' ? wrap : undefined,
    gap: spacing(props['gap']),
    ...sides('padding', props['padding']),
    ...borderStyle(props['border']),
    background: color(props['background'], 'surface'),
  });
}

export function alignment(value: unknown): string | undefined {
  return one(ALIGN, value);
}

function one(tokens: Readonly<Record<string, string>>, value: unknown): string | undefined {
  return typeof value === 'string' && Object.hasOwn(tokens, value) ? tokens[value] : undefined;
}

/** Padding or margin: one value, or one per side; `x` and `y` set two sides. */
export function sides(property: 'padding' | 'margin', value: unknown): CSSProperties {
  if (typeof value !== 'object' || value === null) return clean({ [property]: spacing(value) });
  const { top, right, bottom, left, x, y } = value as Props;
  return clean({
    [`${property}Top`]: spacing(top ?? y),
    [`${property}Right`]: spacing(right ?? x),
    [`${property}Bottom`]: spacing(bottom ?? y),
    [`${property}Left`]: spacing(left ?? x),
  });
}

export function borderStyle(value: unknown): CSSProperties {
  if (value === undefined || value === null) return {};
  if (typeof value === 'number' || isBorder(value)) return clean({ border: line(value) });
  if (typeof value !== 'object') return {};
  const { top, right, bottom, left, x, y } = value as Props;
  return clean({
    borderTop: line(top ?? y),
    borderRight: line(right ?? x),
    borderBottom: line(bottom ?? y),
    borderLeft: line(left ?? x),
  });
}

function isBorder(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'size' in value;
}

function line(value: unknown): string | undefined {
  if (typeof value === 'number') return `${String(value)}px solid var(--border-default)`;
  if (typeof value !== 'object' || value === null) return undefined;
  const { size, color: shade, style } = value as Props;
  const kind = typeof style === 'string' && LINE_STYLES.has(style) ? style : 'solid';
  return `${String(Number(size))}px ${kind} ${color(shade, 'border') ?? 'var(--border-default)'}`;
}

/** Removes undefined values, which React would set as empty, overriding the stylesheet. */
export function clean(style: Readonly<Record<string, unknown>>): CSSProperties {
  return Object.fromEntries(Object.entries(style).filter(([, value]) => value !== undefined));
}
