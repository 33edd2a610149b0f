import { type ListOptions } from '../../store';

export type Order = ListOptions['order'];

/** The place before the first entry of a list: all sequences lie beyond it. */
export function startOf(order: Order): number {
  return order === 'asc' ? 0 : Number.MAX_SAFE_INTEGER;
}
