import { expectTypeOf } from 'expect-type';
import {
  defineAction,
  replace,
  widget,
  type WidgetComponent,
  type WidgetItem,
  type WidgetRoot,
} from 'chatkit-controllers';
import * as widgets from 'chatkit-controllers/widgets';
import {
  Badge,
  Basic,
  Box,
  Button,
  Caption,
  Card,
  Chart,
  Checkbox,
  Col,
  DatePicker,
  Divider,
  Form,
  Icon,
  Image,
  Input,
  Label,
  ListView,
  ListViewItem,
  Markdown,
  RadioGroup,
  Row,
  Select,
  Spacer,
  Table,
  TableCell,
  TableRow,
  Text,
  Textarea,
  Title,
  Transition,
  type AnyComponent,
  type Component,
  type Props,
} from 'chatkit-controllers/widgets';
import { SIGN } from '../../../src/widgets';

const action = { type: 'item.select', payload: { id: 'a' }, handler: 'server', streaming: false } as const;
const text: Text = { type: 'Text', value: 'Hi' };
const both = { dark: 'white', light: 'black' };

/** Every builder with props for it. What it makes is these props and its type. */
const CASES: Record<AnyComponent['type'], [(props: never) => AnyComponent, object]> = {
  Badge: made(Badge, { label: 'New', color: 'info', variant: 'soft', size: 'sm', pill: true }),
  Basic: made(Basic, { children: [Card({ children: [] }), text], direction: 'row', gap: 2, theme: 'dark' }),
  Box: made(Box, { children: [text], direction: 'col', padding: { x: 2, y: '4px' }, border: { top: 1 } }),
  Button: made(Button, { label: 'Go', onClickAction: action, iconStart: 'lucide:rocket', submit: false }),
  Caption: made(Caption, { value: 'small', size: 'sm', color: both }),
  Card: made(Card, {
    children: [text],
    asForm: true,
    size: 'md',
    border: { size: 1, color: 'subtle', style: 'dashed' },
    status: { text: 'Ready', icon: 'check' },
    confirm: { label: 'OK', action },
    cancel: { label: 'No', action: { type: 'no' } },
  }),
  Chart: made(Chart, {
    data: [{ day: 'Mon', sold: 3 }],
    series: [
      { type: 'bar', dataKey: 'sold', label: 'Sold', stack: 'a' },
      { type: 'line', dataKey: 'sold', curveType: 'monotone', color: both },
      { type: 'area', dataKey: 'sold', color: 'blue' },
    ],
    xAxis: { dataKey: 'day', hide: false, labels: { Mon: 'Monday' } },
    barGap: 2,
    aspectRatio: 16 / 9,
  }),
  Checkbox: made(Checkbox, {
    name: 'agreed',
    label: 'I agree',
    defaultChecked: false,
    onChangeAction: action,
  }),
  Col: made(Col, { children: [text], gap: 1, flex: 'auto' }),
  DatePicker: made(DatePicker, { name: 'day', min: '2030-01-01T00:00:00Z', side: 'top', clearable: true }),
  Divider: made(Divider, { spacing: 2, flush: true }),
  Form: made(Form, { children: [text], onSubmitAction: action, direction: 'col' }),
  Icon: made(Icon, { name: 'star', size: '2xl', color: 'danger' }),
  Image: made(Image, { src: 'https://shop.example/a.png', fit: 'cover', position: 'top left', flex: 1 }),
  Input: made(Input, { name: 'address.city', inputType: 'email', required: true, gutterSize: 'xs' }),
  Label: made(Label, { value: 'City', fieldName: 'address.city', weight: 'bold' }),
  ListView: made(ListView, {
    children: [ListViewItem({ children: [text] })],
    limit: 'auto',
    status: { text: 'Two', favicon: 'https://shop.example/i.png', frame: true },
  }),
  ListViewItem: made(ListViewItem, { children: [text], onClickAction: action, align: 'center' }),
  Markdown: made(Markdown, { value: '**Hi**', streaming: true, id: 'answer' }),
  RadioGroup: made(RadioGroup, {
    name: 'pace',
    options: [{ value: 'slow', label: 'Slow', disabled: true }],
    ariaLabel: 'Pace',
    direction: 'row',
  }),
  Row: made(Row, { children: [text], justify: 'between', wrap: 'wrap' }),
  Select: made(Select, {
    name: 'size',
    options: [{ value: 's', label: 'Small', description: 'for one', disabled: false }],
    searchable: true,
  }),
  Spacer: made(Spacer, { minSize: 4 }),
  Table: made(Table, { children: [TableRow({})] }),
  'Table.Cell': made(TableCell, { children: [text], colSpan: 2, vAlign: 'end', colSize: 'xl' }),
  'Table.Row': made(TableRow, { children: [TableCell({})], header: true }),
  Text: made(Text, {
    value: 'Hi',
    editable: { name: 'title', required: true },
    minLines: 2,
    key: 'k',
    id: 'i',
  }),
  Textarea: made(Textarea, { name: 'comment', rows: 2, autoResize: true, maxRows: 8 }),
  Title: made(Title, { value: 'Order', size: '5xl' }),
  Transition: made(Transition, { children: text }),
};

function made<T extends AnyComponent>(
  builder: (props: Props<T>) => T,
  props: Props<T> & object,
): [typeof builder, object] {
  return [builder, props];
}

describe('every builder', () => {
  it.each(Object.entries(CASES))(
    '%s gives its type and its props, as plain data',
    (type, [builder, props]) => {
      const component = builder(props as never);
      expect(component).toStrictEqual({ type, ...props });
      expect(Object.getPrototypeOf(component)).toBe(Object.prototype);
      expect(JSON.parse(JSON.stringify(component))).toStrictEqual(component);
    },
  );

  it.each(Object.entries(CASES))(
    '%s leaves out what is undefined, and keeps its type',
    (type, [builder, props]) => {
      const kept = Object.entries(props).filter(([prop]) => prop !== 'key' && prop !== 'id');
      const copied = { type: 'Other', ...props, key: undefined, id: undefined };
      expect(builder(copied as never)).toStrictEqual({ type, ...Object.fromEntries(kept) });
    },
  );

  it('is public under the name of its component', () => {
    const names = Object.keys(CASES).map((type) => type.replace('.', ''));
    const forJsx = ['createElement', 'Fragment'];
    expect(Object.keys(widgets).sort()).toEqual([...names, ...forJsx].sort());
  });

  it('leaves its props as they were', () => {
    const props = Object.freeze({ children: Object.freeze([text, null]) });
    expect(Card(props).children).toStrictEqual([text]);
    expect(props.children).toHaveLength(2);
  });
});

describe('builders', () => {
  it('need no props where a component needs none', () => {
    expect([Spacer(), Divider()]).toStrictEqual([{ type: 'Spacer' }, { type: 'Divider' }]);
  });

  it('take rows and cells as parts of the table, too', () => {
    expect(Table({ children: Table.Row({ children: Table.Cell({ children: text }) }) })).toStrictEqual({
      type: 'Table',
      children: [{ type: 'Table.Row', children: [{ type: 'Table.Cell', children: [text] }] }],
    });
  });

  it('pass actions on as they are, with what a definition has noted on them', () => {
    const config = Object.assign(defineAction('order.confirm')(), { [SIGN]: { fields: ['id'] } });
    expect(Button({ label: 'Buy', onClickAction: config }).onClickAction).toBe(config);
  });

  it('make what events take', () => {
    const card = Card({ children: [text] });
    expectTypeOf(card).toExtend<WidgetRoot>();
    expectTypeOf<AnyComponent>().toExtend<WidgetComponent>();
    expectTypeOf(card.children).toEqualTypeOf<Component[]>();
    const sender: WidgetItem = { id: 'w', thread_id: 't', created_at: '', type: 'widget', widget: card };
    expect(widget(card)).toMatchObject({ item: { widget: card } });
    expect(replace(sender, card)).toBeDefined();
    expect(replace(sender, () => ListView({ children: [] }))).toBeDefined();
  });
});
