import { build } from './build';
import type * as component from './component';
import type { Props } from './props';

/** The data that the builder of the same name returns. */
export type Table = component.Table;

/**
 * Rows of cells. In JSX rows and cells are also `Table.Row` and `Table.Cell`.
 *
 * @example
 * Table({ children: [TableRow({ header: true, children: [TableCell({ children: Text({ value: 'Name' }) })] })] })
 */
export function Table(props: Props<Table>): Table {
  return build('Table', props);
}

/** The data that the builder of the same name returns. */
export type TableRow = component.TableRow;

/** A row of a `Table`: `Table.Row`. */
export function TableRow(props: Props<TableRow>): TableRow {
  return build('Table.Row', props);
}

/** The data that the builder of the same name returns. */
export type TableCell = component.TableCell;

/** A cell of a row: `Table.Cell`. */
export function TableCell(props: Props<TableCell>): TableCell {
  return build('Table.Cell', props);
}

Table.Row = TableRow;
Table.Cell = TableCell;
