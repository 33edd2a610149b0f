import { childrenOf } from './children';
import type { Props } from './props';

/** Returns a component as data: its type, and all props that are not undefined. */
export function build<T extends { type: string }>(type: T['type'], props: Props<T>): T {
  const data: Record<string, unknown> = { type };
  for (const [prop, written] of Object.entries(props)) {
    const value: unknown = prop === 'children' ? childrenOf(type, written) : written;
    if (prop !== 'type' && value !== undefined) data[prop] = value;
  }
  return data as T;
}
