import {
  Badge,
  Basic,
  Box,
  Button,
  Card,
  Chart,
  Icon,
  Input,
  ListView,
  ListViewItem,
  Select,
  Table,
  TableCell,
  TableRow,
  Text,
  Transition,
  type Card as CardType,
  type WidgetIcon,
} from 'chatkit-controllers/widgets';

const text = Text({ value: 'Hi' });

// None of these runs: they are for the compiler.
const compiles = (maybe: boolean, name: string | undefined) => [
  Card({ children: text }),
  Card({ children: [maybe && text, maybe ? text : null, undefined, [[text], name?.length === 1 && text]] }),
  Text({ value: 'Hi', size: maybe ? 'sm' : undefined, id: name }),
  Icon({ name: 'vendor:acme' }),
  Transition({ children: maybe ? text : null }),
  Basic({ children: [Card({ children: [] }), Basic({ children: [] }), text] }),
  Button({
    onClickAction: { type: 'a', payload: 1, handler: 'client', loadingBehavior: 'none', streaming: false },
  }),
  Text({ ...text, value: 'Ho' }),
];

const doesNotCompile = () => {
  // @ts-expect-error -- a prop that there is not
  Text({ value: 'Hi', sise: 'sm' });
  // @ts-expect-error -- no such size
  Text({ value: 'Hi', size: 'huge' });
  // @ts-expect-error -- the wrong type
  Text({ value: 1 });
  // @ts-expect-error -- the value is missing
  Text({ size: 'sm' });
  // @ts-expect-error -- the children are missing
  Card({ size: 'sm' });
  // @ts-expect-error -- the type is the builder's
  Text({ type: 'Text', value: 'Hi' });
  // @ts-expect-error -- text has no children
  Text({ value: 'Hi', children: [text] });
  // @ts-expect-error -- text is a component of its own
  Card({ children: ['Hi'] });
  // @ts-expect-error -- so are numbers
  Box({ children: 1 });
  // @ts-expect-error -- components are not async
  Card({ children: Promise.resolve(text) });
  // @ts-expect-error -- a builder that is not called
  Card({ children: [Text] });
  // @ts-expect-error -- only Basic holds roots
  Card({ children: [Card({ children: [] })] });
  // @ts-expect-error -- items belong into lists
  Card({ children: [ListViewItem({ children: [] })] });
  // @ts-expect-error -- lists hold nothing but items
  ListView({ children: [text] });
  // @ts-expect-error -- tables hold nothing but rows
  Table({ children: [TableCell({})] });
  // @ts-expect-error -- rows hold nothing but cells
  TableRow({ children: [text] });
  // @ts-expect-error -- one child
  Transition({ children: [text, text] });
  // @ts-expect-error -- no such icon
  Icon({ name: 'chek' });
  // @ts-expect-error -- no such key of an action
  Button({ onClickAction: { type: 'a', loading: 'self' } });
  // @ts-expect-error -- no such handler
  Button({ onClickAction: { type: 'a', handler: 'browser' } });
  // @ts-expect-error -- an action has a type
  Card({ children: [], confirm: { label: 'OK', action: { payload: {} } } });
  // @ts-expect-error -- an option has a label
  Select({ name: 'size', options: [{ value: 's' }] });
  // @ts-expect-error -- bars have no curve
  Chart({ data: [], xAxis: 'day', series: [{ type: 'bar', dataKey: 'sold', curveType: 'step' }] });
  // @ts-expect-error -- rows are texts and numbers by name
  Chart({ data: [{ day: true }], xAxis: 'day', series: [] });
  // @ts-expect-error -- no such colour
  Badge({ label: 'New', color: 'primary' });
  // @ts-expect-error -- null is not nothing
  Input({ name: null });
  // @ts-expect-error -- an icon is no favicon
  const card: CardType = { type: 'Card', children: [], status: { text: 'a', icon: 'https://shop.example' } };
  // @ts-expect-error -- no such icon
  const icon: WidgetIcon = 'clocks';
  return [card, icon];
};

describe('the types of the builders', () => {
  it('take what is right, and refuse what is not', () => {
    expect(compiles(true, 'a')).toHaveLength(8);
    expect(doesNotCompile).toBeInstanceOf(Function);
  });
});
