import type { CurveType, ListViewItem } from 'chatkit-controllers/widgets';
import { all, type Prop, type Specs } from './spec';
import {
  ALIGN,
  BORDERS,
  DIRECTION,
  FLEX,
  GAPS,
  JUSTIFY,
  LENGTHS,
  RADII,
  SPACINGS,
  SURFACES,
  TEXT_ALIGN,
  THEMES,
  WRAP,
} from './values';

const ACTION = { type: 'gallery.clicked', handler: 'client' as const };
const text = (value: string) => ({ type: 'Text' as const, value });
const badge = (label: string) => ({ type: 'Badge' as const, label });
const THREE = [badge('One'), badge('Two'), badge('Three')];

const box = {
  children: [THREE],
  align: ALIGN,
  justify: JUSTIFY,
  wrap: WRAP,
  flex: FLEX,
  gap: GAPS,
  padding: SPACINGS,
  border: BORDERS,
  background: SURFACES,
  width: LENGTHS,
  height: [64, 120],
  size: [96],
  minWidth: [200],
  minHeight: [80],
  minSize: [80],
  maxWidth: [160],
  maxHeight: [40],
  maxSize: [90],
  aspectRatio: [3, '2 / 1'],
  radius: RADII,
  margin: SPACINGS,
} as const;
const shownBox = {
  children: THREE,
  gap: 2,
  padding: 2,
  background: 'surface-secondary',
  minHeight: 48,
} as const;

const rows = (count: number): ListViewItem[] =>
  Array.from({ length: count }, (_, index) => ({
    type: 'ListViewItem',
    key: String(index),
    onClickAction: ACTION,
    children: [text(`Row ${String(index + 1)}`)],
  }));
const cell = (value: string) => ({ type: 'Table.Cell' as const, children: [text(value)] });
const row = (...values: string[]) => ({ type: 'Table.Row' as const, children: values.map(cell) });
const HEADER = { ...row('Name', 'Sold'), header: true };
const SALES = [
  { day: 'Mon', sold: 3, made: 5 },
  { day: 'Tue', sold: 6, made: 4 },
  { day: 'Wed', sold: 4, made: 7 },
  { day: 'Thu', sold: 7, made: 3 },
  { day: 'Fri', sold: 5, made: 6 },
];
const CURVES = all<CurveType>()(
  'basis',
  'basisClosed',
  'basisOpen',
  'bumpX',
  'bumpY',
  'bump',
  'linear',
  'linearClosed',
  'natural',
  'monotoneX',
  'monotoneY',
  'monotone',
  'step',
  'stepBefore',
  'stepAfter',
);
const STATUSES = [
  { text: 'Calendar', icon: 'calendar' as const },
  { text: 'shop.example', favicon: 'https://shop.example/favicon.ico', frame: true },
];

/** Components that contain others. */
export const CONTAINER_SPECS: Omit<
  Specs,
  | 'Text'
  | 'Title'
  | 'Caption'
  | 'Markdown'
  | 'Badge'
  | 'Icon'
  | 'Image'
  | 'Divider'
  | 'Spacer'
  | 'Button'
  | 'Input'
  | 'Textarea'
  | 'Select'
  | 'DatePicker'
  | 'Checkbox'
  | 'RadioGroup'
  | 'Label'
> = {
  Card: {
    base: { children: [text('In the card')] },
    props: {
      children: [[text('One'), text('Two')]],
      asForm: [true],
      background: SURFACES,
      border: BORDERS,
      size: all<Prop<'Card', 'size'>>()('sm', 'md', 'lg', 'full'),
      padding: SPACINGS,
      status: STATUSES,
      collapsed: [true],
      confirm: [{ label: 'Confirm', action: ACTION }],
      cancel: [{ label: 'Cancel', action: ACTION }],
      theme: THEMES,
    },
    around: (card) => card,
  },
  ListView: {
    base: { children: rows(2) },
    props: { children: [rows(3)], limit: ['auto', 1], status: STATUSES, theme: THEMES },
    around: (list) => ({ ...list, children: list.limit === undefined ? list.children : rows(8) }),
  },
  ListViewItem: {
    base: { children: THREE },
    props: { children: [THREE], onClickAction: [ACTION], gap: GAPS, align: ALIGN },
    around: (item) => ({ type: 'ListView', children: [item] }),
  },
  Basic: {
    base: { children: THREE },
    props: {
      children: [THREE],
      theme: THEMES,
      direction: DIRECTION,
      gap: GAPS,
      padding: SPACINGS,
      align: ALIGN,
      justify: JUSTIFY,
    },
    around: (basic) => basic,
  },
  Box: { base: shownBox, props: { ...box, direction: DIRECTION } },
  Row: { base: shownBox, props: box },
  Col: { base: shownBox, props: box },
  Form: { base: shownBox, props: { ...box, direction: DIRECTION, onSubmitAction: [ACTION] } },
  Transition: { base: { children: text('It fades in') }, props: { children: [text('Another child')] } },
  Table: {
    base: { children: [HEADER, row('Tea', '3'), row('Coffee', '5')] },
    props: { children: [[row('No', 'header')]] },
  },
  'Table.Row': {
    base: { children: [cell('A'), cell('B')] },
    props: { children: [[cell('Tea')]], header: [true] },
    around: (line) => ({ type: 'Table', children: [line, row('Tea', '3')] }),
  },
  'Table.Cell': {
    base: { children: [text('Cell')] },
    props: {
      children: [[badge('Badge')]],
      width: LENGTHS,
      padding: [{ x: 4, y: 3 }],
      colSpan: [2],
      rowSpan: [2],
      align: TEXT_ALIGN,
      vAlign: TEXT_ALIGN,
      colSize: all<Prop<'Table.Cell', 'colSize'>>()('xs', 'sm', 'md', 'lg', 'xl'),
    },
    around: (one) => ({
      type: 'Table',
      children: [{ type: 'Table.Row', children: [one, cell('Beside')] }, row('Below', 'and on')],
    }),
  },
  Chart: {
    base: {
      data: SALES,
      xAxis: 'day',
      series: [{ type: 'bar', dataKey: 'sold', label: 'Sold' }],
      height: 140,
    },
    props: {
      data: [SALES],
      series: [
        [
          { type: 'bar', dataKey: 'sold', stack: 'a' },
          { type: 'bar', dataKey: 'made', stack: 'a', color: 'orange' },
        ],
        [
          { type: 'area', dataKey: 'sold', stack: 'a' },
          { type: 'area', dataKey: 'made', stack: 'a', color: { light: '#7a3cff', dark: '#c9b0ff' } },
        ],
        ...CURVES.map((curveType) => [
          { type: 'line' as const, dataKey: 'sold', curveType, label: curveType },
        ]),
      ],
      xAxis: ['day', { dataKey: 'day', hide: true }, { dataKey: 'day', labels: { Mon: 'Monday' } }],
      showYAxis: [true],
      showLegend: [false],
      showTooltip: [false],
      barGap: [12],
      barCategoryGap: [2],
      flex: FLEX,
      width: [240],
      height: [90],
      size: [160],
      minWidth: [300],
      minHeight: [180],
      minSize: [180],
      maxWidth: [200],
      maxHeight: [90],
      maxSize: [120],
      aspectRatio: [2, '3 / 1'],
    },
  },
};
