import type { ComponentType } from 'react';

/** The props of each React component: the widget component's data as received, and its path. */
export interface ComponentProps<T> {
  props: T;
  path: string;
}

export type WidgetComponentType = ComponentType<ComponentProps<never>>;

export function join(path: string, part: string): string {
  return path === '' ? part : `${path}.${part}`;
}
