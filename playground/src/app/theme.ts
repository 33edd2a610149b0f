import { Store } from '../state/store';
import type { PageOptions } from '../data/page-options';

export type Theme = 'light' | 'dark';

const KEY = 'chatkit-playground theme';

function stored(): Theme | undefined {
  const value = localStorage.getItem(KEY);
  return value === 'light' || value === 'dark' ? value : undefined;
}

export const theme = new Store<Theme>(
  stored() ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'),
);

/** Has the page wear the theme; what the options say holds until the user chooses. */
export function startTheme(options: PageOptions): void {
  const wanted = typeof options.theme === 'string' ? options.theme : options.theme?.colorScheme;
  if (stored() === undefined && wanted !== undefined) theme.set(wanted);
  const apply = (): void => {
    document.documentElement.dataset['theme'] = theme.get();
  };
  theme.subscribe(apply);
  apply();
}

export function toggleTheme(): void {
  const next = theme.get() === 'light' ? 'dark' : 'light';
  localStorage.setItem(KEY, next);
  theme.set(next);
}
