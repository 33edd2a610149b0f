import fc, { type Arbitrary } from 'fast-check';
import type {
  Box,
  Col,
  Component,
  Divider,
  Form,
  Row,
  Spacer,
  Transition,
} from '../../../src/widgets/components';
import type { BoxProps } from '../../../src/widgets/components/component';
import { action } from './actions';
import { component } from './component';
import type { Optional } from './shape';
import {
  alignment,
  blockProps,
  border,
  color,
  dimension,
  direction,
  flag,
  justification,
  list,
  space,
} from './values';

const boxProps: Optional<BoxProps> = {
  ...blockProps,
  align: alignment,
  justify: justification,
  wrap: fc.constantFrom('nowrap', 'wrap', 'wrap-reverse'),
  flex: dimension,
  gap: dimension,
  padding: space,
  border,
  background: color,
};

export function layout(components: Arbitrary<Component>) {
  const children = list(components, 4);
  return {
    Box: component<Box>('Box', {}, { ...boxProps, direction }, children),
    Row: component<Row>('Row', {}, boxProps, children),
    Col: component<Col>('Col', {}, boxProps, children),
    Form: component<Form>('Form', {}, { ...boxProps, direction, onSubmitAction: action }, children),
    Spacer: component<Spacer>('Spacer', {}, { minSize: dimension }),
    Divider: component<Divider>('Divider', {}, { color, size: dimension, spacing: dimension, flush: flag }),
    Transition: component<Transition>('Transition', {}, {}, components),
  };
}
