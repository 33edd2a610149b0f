import type { ActionConfig } from '../../protocol';
import { build } from './build';
import type { Component, Root } from './component';
import type { WidgetIcon } from './icons';
import type { Props } from './props';
import type {
  Alignment,
  Base,
  Border,
  Borders,
  Color,
  Direction,
  Justification,
  Spacing,
  Theme,
} from './values';

/** A line above the content: text, with the icon of a website or one of ChatKit's. */
export type WidgetStatus =
  | {
      text: string;
      /** The URL of the icon. */
      favicon?: string | undefined;
      /** Draw a frame around the favicon, where it would not stand out. */
      frame?: boolean | undefined;
    }
  | { text: string; icon?: WidgetIcon | undefined };

/** A button in a card's footer. */
export type CardAction = { label: string; action: ActionConfig };

export type Card = Base<'Card'> & {
  children: Component[];
  /** A form: `confirm` sends the values of the fields inside. */
  asForm?: boolean | undefined;
  /** `surface`, `surface-secondary`, `surface-tertiary`, `surface-elevated`, `surface-elevated-secondary`, or any other colour. */
  background?: Color | undefined;
  /** In pixels, for all sides or for each. */
  border?: number | Border | Borders | undefined;
  /** How wide it is. */
  size?: 'sm' | 'md' | 'lg' | 'full' | undefined;
  /** The space within, in spacing units or CSS. */
  padding?: number | string | Spacing | undefined;
  status?: WidgetStatus | undefined;
  /** Fold the content away, once what the card is for is done. */
  collapsed?: boolean | undefined;
  confirm?: CardAction | undefined;
  cancel?: CardAction | undefined;
  /** This theme, whatever the page's is. */
  theme?: Theme | undefined;
};

/**
 * The root of most widgets: a framed box, with a status above and buttons below where wanted.
 *
 * @example
 * Card({ children: [Text({ value: 'Hi' })], confirm: { label: 'Send', action: { type: 'mail.send' } } })
 */
export function Card(props: Props<Card>): Card {
  return build('Card', props);
}

export type ListView = Base<'ListView'> & {
  children: ListViewItem[];
  /** How many items to show before "Show more". */
  limit?: number | 'auto' | undefined;
  status?: WidgetStatus | undefined;
  /** This theme, whatever the page's is. */
  theme?: Theme | undefined;
};

/**
 * A root that lists items, each of which may be clicked.
 *
 * @example
 * ListView({ limit: 5, children: items.map((item) => ListViewItem({ children: Text({ value: item.name }) })) })
 */
export function ListView(props: Props<ListView>): ListView {
  return build('ListView', props);
}

export type ListViewItem = Base<'ListViewItem'> & {
  children: Component[];
  onClickAction?: ActionConfig | undefined;
  /** Between the children, in spacing units or CSS. */
  gap?: number | string | undefined;
  /** Where the children stand vertically. */
  align?: Alignment | undefined;
};

/**
 * One line of a `ListView`, and found nowhere else.
 *
 * @example
 * ListViewItem({ onClickAction: selectItem({ id }), children: [Text({ value: name })] })
 */
export function ListViewItem(props: Props<ListViewItem>): ListViewItem {
  return build('ListViewItem', props);
}

export type Basic = Base<'Basic'> & {
  children: (Component | Root)[];
  /** This theme, whatever the page's is. */
  theme?: Theme | undefined;
  direction?: Direction | undefined;
  /** Between the children, in spacing units or CSS. */
  gap?: number | string | undefined;
  /** The space within, in spacing units or CSS. */
  padding?: number | string | Spacing | undefined;
  /** Where the children stand across the direction. */
  align?: Alignment | undefined;
  /** How the children share the room along the direction. */
  justify?: Justification | undefined;
};

/**
 * A root without a frame. It alone may hold other roots.
 *
 * @example
 * Basic({ gap: 2, children: [Text({ value: 'Two offers' }), Card({ … }), Card({ … })] })
 */
export function Basic(props: Props<Basic>): Basic {
  return build('Basic', props);
}
