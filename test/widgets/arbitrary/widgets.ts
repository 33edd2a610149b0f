import fc, { type Arbitrary } from 'fast-check';
import type { AnyComponent, Component, Root } from '../../../src/widgets/components';
import { chart } from './chart';
import { containers } from './containers';
import { content } from './content';
import { controls } from './controls';
import { layout } from './layout';
import { table } from './table';
import { texts } from './text';

/** One arbitrary for each type of component and root. */
type ByType = { [T in AnyComponent['type']]: Arbitrary<Extract<AnyComponent, { type: T }>> };

const HOLDERS = [
  ...['Basic', 'Card', 'ListView', 'ListViewItem', 'Box', 'Col', 'Form', 'Row'],
  ...['Table', 'Table.Row', 'Table.Cell', 'Transition'],
];

const tied = fc.letrec<{ component: Component; root: Root }>((tie) => {
  const all: ByType = {
    ...containers(tie('component'), tie('root')),
    ...content,
    ...controls,
    ...layout(tie('component')),
    ...table(tie('component')),
    ...texts,
    ...chart,
  };
  const { Basic, Card, ListView, Box, Col, Form, Row, Table, Transition, Text, Markdown } = all;
  const leaves = Object.entries<Arbitrary<AnyComponent>>(all)
    .filter(([type]) => !HOLDERS.includes(type))
    .map(([, leaf]) => leaf as Arbitrary<Component>);
  return {
    root: fc.oneof({ weight: 3, arbitrary: Card }, ListView, Basic),
    component: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.oneof(fc.oneof(Text, Markdown), fc.oneof(...leaves)),
      fc.oneof(Box, Col, Form, Row, Table, Transition, all['Table.Row'], all['Table.Cell']),
    ),
  };
});

/** Any component that may stand inside a root. */
export const anyComponent: Arbitrary<Component> = tied.component;

/** Any widget. */
export const anyWidget: Arbitrary<Root> = tied.root;
