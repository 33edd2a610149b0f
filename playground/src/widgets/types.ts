import type { ComponentType } from 'react';

/** What each component of the page gets: the widget's component as it came, and where it stands. */
export interface ComponentProps<T> {
  props: T;
  path: string;
}

export type WidgetComponentType = ComponentType<ComponentProps<never>>;

export function join(path: string, part: string): string {
  return path === '' ? part : `${path}.${part}`;
}
