import fc, { type Arbitrary } from 'fast-check';
import type {
  Basic,
  Card,
  CardAction,
  Component,
  ListView,
  ListViewItem,
  Root,
  WidgetStatus,
} from '../../../src/widgets/components';
import { action } from './actions';
import { component } from './component';
import { object } from './shape';
import {
  alignment,
  border,
  color,
  dimension,
  direction,
  flag,
  icon,
  justification,
  list,
  number,
  space,
  text,
  theme,
} from './values';

type ByFavicon = Extract<WidgetStatus, { favicon?: unknown }>;
type ByIcon = Extract<WidgetStatus, { icon?: unknown }>;
const status: Arbitrary<WidgetStatus> = fc.oneof(
  object<ByFavicon>({ text }, { favicon: text, frame: flag }),
  object<ByIcon>({ text }, { icon }),
);
const cardAction = object<CardAction>({ label: text, action }, {});

export function containers(components: Arbitrary<Component>, roots: Arbitrary<Root>) {
  const item = component<ListViewItem>(
    'ListViewItem',
    {},
    { onClickAction: action, gap: dimension, align: alignment },
    list(components, 4),
  );
  return {
    ListViewItem: item,
    ListView: component<ListView>(
      'ListView',
      {},
      { limit: fc.oneof(number, fc.constant('auto' as const)), status, theme },
      list(item, 4),
    ),
    Card: component<Card>(
      'Card',
      {},
      {
        asForm: flag,
        background: color,
        border,
        size: fc.constantFrom('sm', 'md', 'lg', 'full'),
        padding: space,
        status,
        collapsed: flag,
        confirm: cardAction,
        cancel: cardAction,
        theme,
      },
      list(components, 4),
    ),
    Basic: component<Basic>(
      'Basic',
      {},
      { theme, direction, gap: dimension, padding: space, align: alignment, justify: justification },
      list(fc.oneof({ weight: 3, arbitrary: components }, { weight: 1, arbitrary: roots })),
    ),
  };
}
