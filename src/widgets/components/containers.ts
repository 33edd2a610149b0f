import { build } from './build';
import type * as component from './component';
import type { Props } from './props';

/** The component that the builder of the same name makes. */
export type Card = component.Card;

/**
 * The root of most widgets: a framed box, with a status above and buttons below where wanted.
 *
 * @example
 * Card({ children: [Text({ value: 'Hi' })], confirm: { label: 'Send', action: { type: 'mail.send' } } })
 */
export function Card(props: Props<Card>): Card {
  return build('Card', props);
}

/** The component that the builder of the same name makes. */
export type ListView = component.ListView;

/**
 * A root that lists items, each of which may be clicked.
 *
 * @example
 * ListView({ limit: 5, children: items.map((item) => ListViewItem({ children: Text({ value: item.name }) })) })
 */
export function ListView(props: Props<ListView>): ListView {
  return build('ListView', props);
}

/** The component that the builder of the same name makes. */
export type ListViewItem = component.ListViewItem;

/**
 * One line of a `ListView`, and found nowhere else.
 *
 * @example
 * ListViewItem({ onClickAction: selectItem({ id }), children: [Text({ value: name })] })
 */
export function ListViewItem(props: Props<ListViewItem>): ListViewItem {
  return build('ListViewItem', props);
}

/** The component that the builder of the same name makes. */
export type Basic = component.Basic;

/**
 * A root without a frame. It alone may hold other roots.
 *
 * @example
 * Basic({ gap: 2, children: [Text({ value: 'Two offers' }), Card({ … }), Card({ … })] })
 */
export function Basic(props: Props<Basic>): Basic {
  return build('Basic', props);
}
