import { build } from './build';
import type { Component } from './component';
import type { Props } from './props';
import type { Base, Spacing, TextAlign } from './values';

export type Table = Base<'Table'> & { children?: TableRow[] | undefined };

/**
 * Rows of cells. In JSX rows and cells are also `Table.Row` and `Table.Cell`.
 *
 * @example
 * Table({ children: [TableRow({ header: true, children: [TableCell({ children: Text({ value: 'Name' }) })] })] })
 */
export function Table(props: Props<Table>): Table {
  return build('Table', props);
}

export type TableRow = Base<'Table.Row'> & {
  children?: TableCell[] | undefined;
  /** The row names the columns. */
  header?: boolean | undefined;
};

/** A row of a `Table`: `Table.Row`. */
export function TableRow(props: Props<TableRow>): TableRow {
  return build('Table.Row', props);
}

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

/** A cell of a row: `Table.Cell`. */
export function TableCell(props: Props<TableCell>): TableCell {
  return build('Table.Cell', props);
}

Table.Row = TableRow;
Table.Cell = TableCell;
