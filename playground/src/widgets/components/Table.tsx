import type {
  Table as TableData,
  TableCell as CellData,
  TableRow as RowData,
} from 'chatkit-controllers/widgets';
import { createContext, useContext } from 'react';
import { clean, sides } from '../box-style';
import { Children } from '../Node';
import type { ComponentProps } from '../types';
import { length } from '../values';

const HeaderContext = createContext(false);

/** Column widths by size, in pixels (ours: not documented). */
const COLUMN: Readonly<Record<string, number>> = { xs: 60, sm: 100, md: 160, lg: 240, xl: 340 };
const VERTICAL: Readonly<Record<string, string>> = { start: 'top', center: 'middle', end: 'bottom' };

export function Table({ props, path }: ComponentProps<TableData>) {
  return (
    <div className="w-table" tabIndex={0} role="region" aria-label="Table">
      <table>
        <tbody>
          <Children of={props.children} path={path} />
        </tbody>
      </table>
    </div>
  );
}

export function TableRow({ props, path }: ComponentProps<RowData>) {
  return (
    <HeaderContext value={props.header === true}>
      <tr data-header={props.header === true || undefined}>
        <Children of={props.children} path={path} />
      </tr>
    </HeaderContext>
  );
}

export function TableCell({ props, path }: ComponentProps<CellData>) {
  const isHeader = useContext(HeaderContext);
  const style = clean({
    width: length(props.width) ?? (props.colSize === undefined ? undefined : COLUMN[props.colSize]),
    ...sides('padding', props.padding),
    textAlign: props.align,
    verticalAlign: props.vAlign === undefined ? undefined : VERTICAL[props.vAlign],
  });
  const common = { style, colSpan: props.colSpan, rowSpan: props.rowSpan };
  const content = (
    <div className="w-cell" data-align={props.align}>
      <Children of={props.children} path={path} />
    </div>
  );
  return isHeader ? (
    <th scope="col" {...common}>
      {content}
    </th>
  ) : (
    <td {...common}>{content}</td>
  );
}
