import type { ActionConfig } from '../../protocol';
import type { Chart } from './chart';
import type { Badge, Icon, Image } from './content';
import type { Button, Checkbox, DatePicker, Label, RadioGroup, Select } from './controls';
import type { Input, Textarea } from './fields';
import type { WidgetIcon } from './icons';
import type * as props from './props';
import type { Divider, Spacer } from './separators';
import type { Caption, Markdown, Text, Title } from './text';
import type {
  Alignment,
  Base,
  BlockProps,
  Border,
  Borders,
  Color,
  Direction,
  Justification,
  Spacing,
  TextAlign,
  Theme,
} from './values';

// Components with children are here, and not beside their builders, since their types refer to each other.

/** Any component that is allowed inside a root. */
export type Component =
  | Badge
  | Box
  | Button
  | Caption
  | Chart
  | Checkbox
  | Col
  | DatePicker
  | Divider
  | Form
  | Icon
  | Image
  | Input
  | Label
  | Markdown
  | RadioGroup
  | Row
  | Select
  | Spacer
  | Table
  | TableCell
  | TableRow
  | Text
  | Textarea
  | Title
  | Transition;

/** The outermost component of a widget. */
export type Root = Basic | Card | ListView;

/** Any component that a builder can return. */
export type AnyComponent = Component | ListViewItem | Root;

/** One child, or an empty value from a condition. */
export type Child<T = Component> = props.Child<T>;

/**
 * Children as passed to a builder: one, or arrays of them, which may be nested. Empty values are left out.
 */
export type Children<T = Component> = props.Children<T>;

/** Props of all boxes that lay out children. */
export type BoxProps = BlockProps & {
  children?: Component[] | undefined;
  /** The alignment of the children across the direction. */
  align?: Alignment | undefined;
  /** The distribution of the children along the direction. */
  justify?: Justification | undefined;
  wrap?: 'nowrap' | 'wrap' | 'wrap-reverse' | undefined;
  /** How it grows and shrinks beside its siblings, as CSS `flex`. */
  flex?: number | string | undefined;
  /** The gap between the children, in spacing units or CSS. */
  gap?: number | string | undefined;
  /** The inner space, in spacing units or CSS. */
  padding?: number | string | Spacing | undefined;
  /** In pixels, for all sides or for each. */
  border?: number | Border | Borders | undefined;
  /** `surface`, `surface-secondary`, `surface-tertiary`, `surface-elevated`, `surface-elevated-secondary`, or any other colour. */
  background?: Color | undefined;
};

/** The data that the builder of the same name returns. */
export type Box = Base<'Box'> & BoxProps & { direction?: Direction | undefined };

/** The data that the builder of the same name returns. */
export type Row = Base<'Row'> & BoxProps;

/** The data that the builder of the same name returns. */
export type Col = Base<'Col'> & BoxProps;

/** The data that the builder of the same name returns. */
export type Form = Base<'Form'> &
  BoxProps & {
    onSubmitAction?: ActionConfig | undefined;
    direction?: Direction | undefined;
  };

/** The data that the builder of the same name returns. */
export type Transition = Base<'Transition'> & {
  /** Null shows nothing. The next child fades in. */
  children: Component | null;
};

/** The data that the builder of the same name returns. */
export type Table = Base<'Table'> & { children?: TableRow[] | undefined };

/** The data that the builder of the same name returns. */
export type TableRow = Base<'Table.Row'> & {
  children?: TableCell[] | undefined;
  /** The row is the table's header. */
  header?: boolean | undefined;
};

/** The data that the builder of the same name returns. */
export type TableCell = Base<'Table.Cell'> & {
  children?: Component[] | undefined;
  /** In pixels, or CSS. */
  width?: number | string | undefined;
  padding?: Spacing | undefined;
  /** How many columns it spans. */
  colSpan?: number | undefined;
  /** How many rows it spans. */
  rowSpan?: number | undefined;
  align?: TextAlign | undefined;
  vAlign?: TextAlign | undefined;
  colSize?: 'xs' | 'sm' | 'md' | 'lg' | 'xl' | undefined;
};

/** A status line above the content: text with a favicon or one of ChatKit's icons. */
export type WidgetStatus =
  | {
      text: string;
      /** The URL of the icon. */
      favicon?: string | undefined;
      /** Draw a frame around the favicon, to make it stand out. */
      frame?: boolean | undefined;
    }
  | { text: string; icon?: WidgetIcon | undefined };

/** A button in a card's footer. */
export type CardAction = { label: string; action: ActionConfig };

/** The data that the builder of the same name returns. */
export type Card = Base<'Card'> & {
  children: Component[];
  /** Makes the card a form: `confirm` sends the values of the fields inside. */
  asForm?: boolean | undefined;
  /** `surface`, `surface-secondary`, `surface-tertiary`, `surface-elevated`, `surface-elevated-secondary`, or any other colour. */
  background?: Color | undefined;
  /** In pixels, for all sides or for each. */
  border?: number | Border | Borders | undefined;
  /** The width of the card. */
  size?: 'sm' | 'md' | 'lg' | 'full' | undefined;
  /** The inner space, in spacing units or CSS. */
  padding?: number | string | Spacing | undefined;
  status?: WidgetStatus | undefined;
  /** Collapse the content, once the card is no longer needed. */
  collapsed?: boolean | undefined;
  confirm?: CardAction | undefined;
  cancel?: CardAction | undefined;
  /** Use this theme instead of the page's. */
  theme?: Theme | undefined;
};

/** The data that the builder of the same name returns. */
export type ListView = Base<'ListView'> & {
  children: ListViewItem[];
  /** How many items to show before "Show more". */
  limit?: number | 'auto' | undefined;
  status?: WidgetStatus | undefined;
  /** Use this theme instead of the page's. */
  theme?: Theme | undefined;
};

/** The data that the builder of the same name returns. */
export type ListViewItem = Base<'ListViewItem'> & {
  children: Component[];
  onClickAction?: ActionConfig | undefined;
  /** The gap between the children, in spacing units or CSS. */
  gap?: number | string | undefined;
  /** The vertical alignment of the children. */
  align?: Alignment | undefined;
};

/** The data that the builder of the same name returns. */
export type Basic = Base<'Basic'> & {
  children: (Component | Root)[];
  /** Use this theme instead of the page's. */
  theme?: Theme | undefined;
  direction?: Direction | undefined;
  /** The gap between the children, in spacing units or CSS. */
  gap?: number | string | undefined;
  /** The inner space, in spacing units or CSS. */
  padding?: number | string | Spacing | undefined;
  /** The alignment of the children across the direction. */
  align?: Alignment | undefined;
  /** The distribution of the children along the direction. */
  justify?: Justification | undefined;
};
