import type { WidgetComponent } from '../../protocol';
import { flatten } from './flatten';
import { holdAll } from './hold-all';

/** What may stand in a component. The compiler knows it too, but cannot tell in JSX. */
interface Slot {
  readonly accepts: (type: string) => boolean;
  /** In words. */
  readonly holds: string;
}

const BOUND: readonly string[] = ['Basic', 'Card', 'ListView', 'ListViewItem'];
const components: Slot = {
  accepts: (type) => !BOUND.includes(type),
  holds: 'components, but no roots and no ListViewItem',
};
const only = (one: string): Slot => ({ accepts: (type) => type === one, holds: `nothing but ${one}` });

const SLOTS = {
  Basic: { accepts: (type) => type !== 'ListViewItem', holds: 'components and roots' },
  Card: components,
  ListView: only('ListViewItem'),
  ListViewItem: components,
  Box: components,
  Row: components,
  Col: components,
  Form: components,
  Table: only('Table.Row'),
  'Table.Row': only('Table.Cell'),
  'Table.Cell': components,
  Transition: components,
} as const satisfies Record<string, Slot>;

/** The components that hold others. */
export type Holder = keyof typeof SLOTS;

/**
 * Children as they go over the wire; undefined for a component that has none.
 *
 * @throws TypeError that names the component, where a child is none or may not stand there
 */
export function childrenOf(
  parent: string,
  written: unknown,
): WidgetComponent[] | WidgetComponent | null | undefined {
  const slot = (SLOTS as Readonly<Partial<Record<string, Slot>>>)[parent];
  if (slot === undefined) {
    if (written === undefined) return undefined;
    holdAll(written);
    throw new TypeError(`${parent} takes no children: what it shows is said in its props.`);
  }
  const children = flatten(parent, written);
  const stranger = children.find(({ type }) => !slot.accepts(type));
  if (stranger !== undefined) {
    holdAll(written);
    throw new TypeError(`${parent} holds ${slot.holds}: ${stranger.type} cannot stand in it.`);
  }
  if (parent !== 'Transition') return children;
  if (children.length > 1) {
    holdAll(written);
    throw new TypeError(
      `Transition holds one child, and got ${String(children.length)}: put them into a Col or Row.`,
    );
  }
  return children[0] ?? null;
}
