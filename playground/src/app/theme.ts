import { Store } from '../state/store';
import type { PageOptions, ThemeOptions } from '../data/page-options';

export type Theme = 'light' | 'dark';

const KEY = 'chatkit-playground theme';

function stored(): Theme | undefined {
  const value = localStorage.getItem(KEY);
  return value === 'light' || value === 'dark' ? value : undefined;
}

export const theme = new Store<Theme>(
  stored() ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'),
);

theme.subscribe(wear);
wear();

function wear(): void {
  document.documentElement.dataset['theme'] = theme.get();
}

/** Applies the theme options. The user's own choice of light or dark takes precedence. */
export function applyTheme({ theme: given }: PageOptions): void {
  const options = typeof given === 'string' ? { colorScheme: given } : (given ?? {});
  if (stored() === undefined && options.colorScheme !== undefined) theme.set(options.colorScheme);
  const { style } = document.documentElement;
  for (const [name, value] of Object.entries(variablesOf(options))) {
    if (value === undefined) style.removeProperty(name);
    else style.setProperty(name, value);
  }
}

export function toggleTheme(): void {
  const next = theme.get() === 'light' ? 'dark' : 'light';
  localStorage.setItem(KEY, next);
  theme.set(next);
}

/** Factors for corner radius and spacing, relative to the page's defaults (ours). */
const ROUND = { pill: '1.5', round: '1', soft: '0.5', sharp: '0' };
const DENSITY = { compact: '0.7', normal: '1', spacious: '1.4' };

function variablesOf({
  radius,
  density,
  typography,
  color,
}: ThemeOptions): Record<string, string | undefined> {
  const size = typography?.baseSize;
  const accent = colorOf(color?.accent?.primary);
  return {
    '--round': radius && ROUND[radius],
    '--density': density && DENSITY[density],
    '--base-size': size === undefined ? undefined : `${String(size)}px`,
    '--font': typography?.fontFamily,
    '--font-mono': typography?.fontFamilyMono,
    '--accent': accent,
    // Black or white, whichever has more contrast.
    '--accent-text': accent && `oklch(from ${accent} calc((0.62 - l) * 1000) 0 0)`,
    '--surface': colorOf(color?.surface?.background),
    '--surface-elevated': colorOf(color?.surface?.foreground),
  };
}

/** Accepts colours only, since other CSS values could load external resources. */
function colorOf(value: string | undefined): string | undefined {
  return value !== undefined && CSS.supports('color', value) ? value : undefined;
}
