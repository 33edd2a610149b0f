/** What is measured at each example of a prop: an element, a property of its style or box, and the values. */
export type Measure = readonly [prop: string, selector: string, property: string, values: readonly string[]];

const px = (...sizes: number[]): string[] => sizes.map((size) => `${String(size)}px`);

/** Height of controls, from 3xs to 3xl. */
const CONTROLS = px(22, 24, 26, 28, 32, 36, 40, 44, 48);
const RADII = [...px(0, 2, 4, 6, 8, 10, 12, 16, 20, 24, 9999), '100%'];
const WEIGHTS = ['400', '500', '600', '700'];
const SIDES = ['start', 'center', 'end'];

/** The first six of the examples for paddings and margins: all sides, and one by one. */
const spaced = (property: 'padding' | 'margin', selector: string): Measure[] => [
  [property, selector, `${property}Top`, px(0, 8, 18, 20, 8, 4)],
  [property, selector, `${property}Right`, px(0, 8, 18, 20, 24, 24)],
  [property, selector, `${property}Bottom`, px(0, 8, 18, 20, 8, 16)],
  [property, selector, `${property}Left`, px(0, 8, 18, 20, 24, 8)],
];

const aligned = (selector: string): Measure[] => [
  ['align', selector, 'alignItems', ['flex-start', 'center', 'flex-end', 'baseline', 'stretch']],
];

const justified = (selector: string): Measure[] => [
  [
    'justify',
    selector,
    'justifyContent',
    ['flex-start', 'center', 'flex-end', 'space-between', 'space-around', 'space-evenly', 'stretch'],
  ],
];

const gaps = (selector: string): Measure => ['gap', selector, 'columnGap', px(0, 4, 16, 24)];

/** @param own the border that it has by itself, in pixels */
const bordered = (selector: string, own = 0): Measure[] => [
  ['border', selector, 'borderTopWidth', [...px(1, 3), ...px(4, 4, 4, 4, 4, 4, 4, 4), ...px(2, 2, 2, 2, 1)]],
  [
    'border',
    selector,
    'borderTopStyle',
    ['solid', 'solid', 'solid', 'dashed', 'dotted', 'double', 'groove', 'ridge', 'inset', 'outset'],
  ],
  [
    'border',
    selector,
    'borderLeftWidth',
    [...px(1, 3), ...px(4, 4, 4, 4, 4, 4, 4, 4), ...px(2, 2, 2, own, 3)],
  ],
];

const surfaces = (selector: string): Measure[] => [
  [
    'background',
    selector,
    'backgroundColor',
    ['rgb(255, 255, 255)', 'rgb(249, 249, 249)', 'rgb(243, 243, 243)', 'rgb(255, 255, 255)'],
  ],
];

const box = (selector: string): Measure[] => [
  ...aligned(selector),
  ...justified(selector),
  ['wrap', selector, 'flexWrap', ['nowrap', 'wrap', 'wrap-reverse']],
  gaps(selector),
  ...spaced('padding', selector),
  ...spaced('margin', selector),
  ...bordered(selector),
  ...surfaces(selector),
  ['width', selector, 'box width', px(64, 120)],
  ['height', selector, 'box height', px(64, 120)],
  ['size', selector, 'box width', px(96)],
  ['size', selector, 'box height', px(96)],
  ['minHeight', selector, 'minHeight', px(80)],
  ['minWidth', selector, 'minWidth', px(200)],
  ['maxWidth', selector, 'box width', px(160)],
  ['aspectRatio', selector, 'aspectRatio', ['3 / 1', '2 / 1']],
  ['radius', selector, 'borderTopLeftRadius', RADII],
];

const typed = (selector: string): Measure[] => [
  ['weight', selector, 'fontWeight', WEIGHTS],
  ['textAlign', selector, 'textAlign', SIDES],
  [
    'color',
    selector,
    'color',
    [
      'rgb(13, 13, 13)',
      'rgb(13, 13, 13)',
      'rgb(13, 13, 13)',
      'rgb(93, 93, 93)',
      'rgb(107, 107, 107)',
      'rgb(0, 105, 42)',
      'rgb(146, 59, 15)',
      'rgb(145, 30, 27)',
      'rgb(1, 105, 204)',
      'rgb(180, 0, 140)',
      'rgb(163, 48, 0)',
    ],
  ],
];

const lines = (selector: string, line: number): Measure[] => [
  ['truncate', selector, 'box height', px(line)],
  ['maxLines', selector, 'box height', px(line, 2 * line)],
];

const gutters = (selector: string): Measure => [
  'gutterSize',
  selector,
  'paddingLeft',
  px(6, 8, 10, 12, 14, 16),
];

const dropdown = (selector: string): Measure[] => [
  ['size', selector, 'box height', CONTROLS],
  ['pill', selector, 'borderTopLeftRadius', px(9999)],
  ['block', selector, 'fills', ['yes']],
  ['disabled', selector, 'cursor', ['default']],
];

/** Every component, by what the reference says of its values, in pixels. */
export const GEOMETRY: Readonly<Record<string, readonly Measure[]>> = {
  Card: [
    ['size', '.w-card', 'maxWidth', [...px(360, 480, 600), '100%']],
    ...surfaces('.w-card'),
    ...bordered('.w-card', 1),
    ...spaced('padding', '.w-card-body'),
    ['confirm', '.w-card-footer .w-button', 'box height', px(32)],
    ['collapsed', '.w-card-body', 'count', ['0']],
    ['theme', '.w-card', 'colorScheme', ['light', 'dark']],
  ],
  ListView: [
    ['limit', '.w-list-item', 'count', ['5', '1']],
    ['theme', '.w-list', 'colorScheme', ['light', 'dark']],
  ],
  ListViewItem: [gaps('.w-list-item-body'), ...aligned('.w-list-item-body')],
  Basic: [
    ['direction', '.w-basic', 'flexDirection', ['row', 'column']],
    gaps('.w-basic'),
    ...spaced('padding', '.w-basic'),
    ...aligned('.w-basic'),
    ...justified('.w-basic'),
  ],
  Box: [...box('.w-box'), ['direction', '.w-box', 'flexDirection', ['row', 'column']]],
  Row: [...box('.w-row'), ['gap', '.w-row', 'flexDirection', ['row']]],
  Col: [...box('.w-col'), ['gap', '.w-col', 'flexDirection', ['column']]],
  Form: [...box('.w-form'), ['direction', '.w-form', 'flexDirection', ['row', 'column']]],
  Transition: [['children', '.w-transition', 'count', ['1']]],
  Table: [['children', 'th', 'count', ['0']]],
  'Table.Row': [
    ['header', 'th', 'count', ['2']],
    ['header', 'th', 'fontWeight', ['500']],
  ],
  'Table.Cell': [
    ['colSize', 'td', 'width', px(60, 100, 160)], // wider ones share what there is,
    ['align', 'td', 'textAlign', SIDES],
    ['vAlign', 'td', 'verticalAlign', ['top', 'middle', 'bottom']],
    ['colSpan', 'td', 'colSpan', ['2']],
    ['rowSpan', 'td', 'rowSpan', ['2']],
    ['padding', 'td', 'paddingLeft', px(16)],
    ['padding', 'td', 'paddingTop', px(12)],
  ],
  Chart: [
    ['height', '.w-chart', 'box height', px(90)],
    ['width', '.w-chart', 'box width', px(240)],
    ['size', '.w-chart', 'box width', px(160)],
    ['minHeight', '.w-chart', 'box height', px(180)],
    ['maxHeight', '.w-chart', 'box height', px(90)],
    ['showLegend', '.recharts-legend-wrapper', 'count', ['0']],
    ['showYAxis', '.recharts-yAxis', 'count', ['1']],
  ],
  Button: [
    ['size', '.w-button', 'box height', CONTROLS],
    ['iconSize', '.w-button svg', 'box width', px(16, 18, 20, 22, 24)],
    ['pill', '.w-button', 'borderTopLeftRadius', px(9999)],
    ['block', '.w-button', 'fills', ['yes']],
    ['uniform', '.w-button', 'paddingLeft', px(0)],
    ['disabled', '.w-button', 'cursor', ['default']],
    ['variant', '.w-button', 'backgroundColor', ['rgb(93, 93, 93)']],
  ],
  Input: [
    ['size', '.w-input', 'box height', CONTROLS],
    gutters('.w-input'),
    ['pill', '.w-input', 'borderTopLeftRadius', px(9999)],
    ['inputType', '.w-input', 'type', ['number', 'email', 'text', 'password', 'tel', 'url']],
  ],
  Textarea: [gutters('.w-textarea'), ['rows', '.w-textarea', 'rows', ['1', '5']]],
  Select: [...dropdown('.w-dropdown-button')],
  DatePicker: [...dropdown('.w-dropdown-button')],
  Checkbox: [['label', 'input', 'box width', px(16)]],
  RadioGroup: [['direction', '.w-radios', 'flexDirection', ['row', 'column']]],
  Label: [
    ['size', '.w-label', 'fontSize', px(12, 14, 16, 18, 20)],
    ['weight', '.w-label', 'fontWeight', WEIGHTS],
    ['textAlign', '.w-label', 'textAlign', SIDES],
  ],
  Text: [
    ['size', '.w-text', 'fontSize', px(12, 14, 16, 18, 20)],
    ['size', '.w-text', 'lineHeight', px(18, 20, 24, 29, 32)],
    ...typed('.w-text'),
    ...lines('.w-text', 24),
    ['minLines', '.w-text', 'minHeight', px(72)],
    ['width', '.w-text', 'box width', px(64, 120)],
    ['italic', '.w-text', 'fontStyle', ['italic']],
    ['lineThrough', '.w-text', 'textDecorationLine', ['line-through']],
  ],
  Title: [
    ['size', '.w-title', 'fontSize', px(18, 20, 24, 32, 36, 48, 60, 72)],
    ...typed('.w-title'),
    ...lines('.w-title', 26),
  ],
  Caption: [
    ['size', '.w-caption', 'fontSize', px(11, 12, 14)],
    ...typed('.w-caption').slice(0, 2),
    ...lines('.w-caption', 18),
  ],
  Markdown: [['value', 'li, td, pre', 'count', ['2', '2', '1']]],
  Badge: [
    ['size', '.w-badge', 'box height', px(20, 22, 24)],
    ['pill', '.w-badge', 'borderTopLeftRadius', px(9999)],
  ],
  Icon: [['size', '.w-icon', 'box width', px(14, 16, 18, 20, 22, 24, 28)]],
  Image: [
    ['fit', '.w-image', 'objectFit', ['cover', 'contain', 'fill', 'scale-down', 'none']],
    ['width', '.w-image', 'box width', px(64, 120)],
    ['height', '.w-image', 'box height', px(64, 120)],
    ['size', '.w-image', 'box width', px(160, 160)],
    ['maxWidth', '.w-image', 'box width', px(80)],
    ['maxHeight', '.w-image', 'box height', px(40)],
    ['radius', '.w-image', 'borderTopLeftRadius', RADII],
    ...spaced('margin', '.w-image'),
  ],
  Divider: [
    ['size', '.w-divider', 'borderTopWidth', px(1, 4, 2)],
    ['spacing', '.w-divider', 'marginTop', px(0, 16, 20)],
  ],
  Spacer: [['minSize', '.w-spacer', 'minWidth', px(24, 48)]],
};
