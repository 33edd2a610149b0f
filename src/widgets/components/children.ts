import type { WidgetComponent } from '../../protocol';
import { flatten } from './flatten';
import { holdAll } from './hold-all';

/** The children that a component accepts. Types check this too, except in JSX. */
interface Slot {
  readonly accepts: (type: string) => boolean;
  /** The accepted children, for error messages. */
  readonly holds: string;
}

const BOUND: readonly string[] = ['Basic', 'Card', 'ListView', 'ListViewItem'];
const components: Slot = {
  accepts: (type) => !BOUND.includes(type),
  holds: 'components except roots and ListViewItem',
};
const only = (one: string): Slot => ({ accepts: (type) => type === one, holds: `only ${one}` });

const SLOTS = {
  Basic: { accepts: (type) => type !== 'ListViewItem', holds: 'only components and roots' },
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

/** The components that have children. */
export type Holder = keyof typeof SLOTS;

/**
 * Returns the children as they are sent; undefined for a component that has none.
 *
 * @throws TypeError that names the component, when a child is not a component or is not allowed there
 */
export function childrenOf(
  parent: string,
  written: unknown,
): WidgetComponent[] | WidgetComponent | null | undefined {
  const slot = (SLOTS as Readonly<Partial<Record<string, Slot>>>)[parent];
  if (slot === undefined) {
    if (written === undefined) return undefined;
    holdAll(written);
    throw new TypeError(`${parent} takes no children: set its content in its props.`);
  }
  const children = flatten(parent, written);
  const stranger = children.find(({ type }) => !slot.accepts(type));
  if (stranger !== undefined) {
    holdAll(written);
    throw new TypeError(`${parent} accepts ${slot.holds}: ${stranger.type} is not allowed in it.`);
  }
  if (parent !== 'Transition') return children;
  if (children.length > 1) {
    holdAll(written);
    throw new TypeError(
      `Transition accepts one child, got ${String(children.length)}: put them in a Col or Row.`,
    );
  }
  return children[0] ?? null;
}
