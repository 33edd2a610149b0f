import fc, { type Arbitrary } from 'fast-check';
import type { Component, Table, TableCell, TableRow } from '../../../src/widgets/components';
import { component } from './component';
import { dimension, flag, list, number, spacing, textAlign } from './values';

export function table(components: Arbitrary<Component>) {
  const cell = component<TableCell>(
    'Table.Cell',
    {},
    {
      width: dimension,
      padding: spacing,
      colSpan: number,
      rowSpan: number,
      align: textAlign,
      vAlign: textAlign,
      colSize: fc.constantFrom('xs', 'md', 'xl'),
    },
    list(components, 2),
  );
  const row = component<TableRow>('Table.Row', {}, { header: flag }, list(cell, 2));
  return { 'Table.Cell': cell, 'Table.Row': row, Table: component<Table>('Table', {}, {}, list(row)) };
}
