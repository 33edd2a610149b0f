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

// What holds components is here, and not beside its builders: the types name each other.

/** Any component that may stand inside a root. */
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

/** Whatever a builder can return. */
export type AnyComponent = Component | ListViewItem | Root;

/** One child, or nothing where a condition did not hold. */
export type Child<T = Component> = props.Child<T>;

/** Children as they are written: one, or arrays of them, also nested. What is nothing is left out. */
export type Children<T = Component> = props.Children<T>;

/** What all boxes that lay out children have in common. */
export type BoxProps = BlockProps & {
  children?: Component[] | undefined;
  /** Where the children stand across the direction. */
  align?: Alignment | undefined;
  /** How the children share the room along the direction. */
  justify?: Justification | undefined;
  wrap?: 'nowrap' | 'wrap' | 'wrap-reverse' | undefined;
  /** How it grows and shrinks beside its siblings, as CSS `flex`. */
  flex?: number | string | undefined;
  /** Between the children, in spacing units or CSS. */
  gap?: number | string | undefined;
  /** The space within, in spacing units or CSS. */
  padding?: number | string | Spacing | undefined;
  /** In pixels, for all sides or for each. */
  border?: number | Border | Borders | undefined;
  /** `surface`, `surface-secondary`, `surface-tertiary`, `surface-elevated`, `surface-elevated-secondary`, or any other colour. */
  background?: Color | undefined;
};

/** The component that the builder of the same name makes. */
export type Box = Base<'Box'> & BoxProps & { direction?: Direction | undefined };

/** The component that the builder of the same name makes. */
export type Row = Base<'Row'> & BoxProps;

/** The component that the builder of the same name makes. */
export type Col = Base<'Col'> & BoxProps;

/** The component that the builder of the same name makes. */
export type Form = Base<'Form'> &
  BoxProps & {
    onSubmitAction?: ActionConfig | undefined;
    direction?: Direction | undefined;
  };

/** The component that the builder of the same name makes. */
export type Transition = Base<'Transition'> & {
  /** Null shows nothing; what comes next fades in. */
  children: Component | null;
};

/** The component that the builder of the same name makes. */
export type Table = Base<'Table'> & { children?: TableRow[] | undefined };

/** The component that the builder of the same name makes. */
export type TableRow = Base<'Table.Row'> & {
  children?: TableCell[] | undefined;
  /** The row names the columns. */
  header?: boolean | undefined;
};

/** The component that the builder of the same name makes. */
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

/** The component that the builder of the same name makes. */
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

/** The component that the builder of the same name makes. */
export type ListView = Base<'ListView'> & {
  children: ListViewItem[];
  /** How many items to show before "Show more". */
  limit?: number | 'auto' | undefined;
  status?: WidgetStatus | undefined;
  /** This theme, whatever the page's is. */
  theme?: Theme | undefined;
};

/** The component that the builder of the same name makes. */
export type ListViewItem = Base<'ListViewItem'> & {
  children: Component[];
  onClickAction?: ActionConfig | undefined;
  /** Between the children, in spacing units or CSS. */
  gap?: number | string | undefined;
  /** Where the children stand vertically. */
  align?: Alignment | undefined;
};

/** The component that the builder of the same name makes. */
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
