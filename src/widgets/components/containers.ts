import { build } from './build';
import type * as component from './component';
import type { Props } from './props';

/** The data that the builder of the same name returns. */
export type Card = component.Card;

/**
 * The root of most widgets: a framed box, with an optional status above and buttons below.
 *
 * @example
 * Card({ children: [Text({ value: 'Hi' })], confirm: { label: 'Send', action: { type: 'mail.send' } } })
 */
export function Card(props: Props<Card>): Card {
  return build('Card', props);
}

/** The data that the builder of the same name returns. */
export type ListView = component.ListView;

/**
 * A root with a list of items, which may be clickable.
 *
 * @example
 * ListView({ limit: 5, children: items.map((item) => ListViewItem({ children: Text({ value: item.name }) })) })
 */
export function ListView(props: Props<ListView>): ListView {
  return build('ListView', props);
}

/** The data that the builder of the same name returns. */
export type ListViewItem = component.ListViewItem;

/**
 * One item of a `ListView`. It is not allowed anywhere else.
 *
 * @example
 * ListViewItem({ onClickAction: selectItem({ id }), children: [Text({ value: name })] })
 */
export function ListViewItem(props: Props<ListViewItem>): ListViewItem {
  return build('ListViewItem', props);
}

/** The data that the builder of the same name returns. */
export type Basic = component.Basic;

/**
 * A root without a frame. Only this root can contain other roots.
 *
 * @example
 * Basic({ gap: 2, children: [Text({ value: 'Two offers' }), Card({ … }), Card({ … })] })
 */
export function Basic(props: Props<Basic>): Basic {
  return build('Basic', props);
}
