import fc from 'fast-check';
import {
  Basic,
  Box,
  Button,
  Card,
  Col,
  Form,
  ListView,
  ListViewItem,
  Row,
  Table,
  TableCell,
  TableRow,
  Text,
  Transition,
} from 'chatkit-controllers/widgets';

const text = Text({ value: 'Hi' });
/** What nobody's types allow, as plain JavaScript would write it. */
const untyped = (written: unknown): never => ({ children: written }) as never;

type Nested = Text | boolean | null | undefined | readonly Nested[];

const { nested } = fc.letrec<{ nested: Nested; leaf: Nested }>((tie) => ({
  leaf: fc.oneof(
    fc.string().map((value) => Text({ value })),
    fc.constantFrom(null, undefined, false, true),
  ),
  nested: fc.oneof({ depthSize: 'small' }, tie('leaf'), fc.array(tie('nested'), { maxLength: 5 })),
}));

describe('children', () => {
  it('go over the wire as one list, in order, without what is nothing', () => {
    fc.assert(
      fc.property(nested, (children) => {
        const expected = [children]
          .flat(Infinity as 1)
          .filter((child) => typeof child === 'object' && child !== null);
        for (const box of [Box, Card, Col, Form, ListViewItem, Row, TableCell, Basic]) {
          expect(box({ children }).children).toStrictEqual(expected);
        }
      }),
    );
  });

  it('are the same however they are nested', () => {
    fc.assert(
      fc.property(nested, (children) => {
        const once = Box({ children });
        expect(Box({ children: [[children]] })).toStrictEqual(once);
        expect(Box(once)).toStrictEqual(once);
      }),
    );
  });

  it('are an empty list where none is left, and absent where none was written', () => {
    expect(Box({ children: false })).toStrictEqual({ type: 'Box', children: [] });
    expect(Box({})).toStrictEqual({ type: 'Box' });
  });

  it('are the child itself in a transition, or null', () => {
    expect(Transition({ children: text }).children).toBe(text);
    expect(Transition({ children: false }).children).toBeNull();
    expect(() => Transition(untyped([text, text]))).toThrow(
      new TypeError('Transition accepts one child, got 2: put them in a Col or Row.'),
    );
  });

  it.each([
    [
      'text',
      'Hi',
      'Card: children[1] is the string "Hi". Text is a component of its own: Text({ value: "Hi" }).',
    ],
    [
      'a number',
      3,
      'Card: children[1] is the number "3". Text is a component of its own: Text({ value: "3" }).',
    ],
    ['an empty text', '', 'Card: children[1] is the string "".'],
    ['a promise', Promise.resolve(text), 'Card: children[1] is a promise. Await its data'],
    ['a function', Text, 'Card: children[1] is the function Text. Call it'],
    [
      'a nameless function',
      (
        () => () =>
          text
      )(),
      'Card: children[1] is a function. Call it',
    ],
    [
      'an object that is none',
      { value: 'Hi' },
      'Card: children[1] is not a component: an object without a type.',
    ],
    ['a symbol', Symbol('a'), 'Card: children[1] is not a component: symbol.'],
    ['something nested', [[text, 3]], 'Card: children[1][0][1] is the number "3".'],
  ])('may not be %s', (_, child, message) => {
    const build = () => Card(untyped([text, child]));
    expect(build).toThrow(TypeError);
    expect(build).toThrow(message);
  });

  it('are cut in messages where they are long', () => {
    expect(() => Card(untyped('x'.repeat(100_000)))).toThrow(/^Card: .{0,200}$/);
  });

  it('stand only where they may, also where no compiler has looked', () => {
    const item = ListViewItem({ children: text });
    const refused: [() => unknown, string][] = [
      [
        () => Card(untyped(Card({ children: [] }))),
        'Card accepts components except roots and ListViewItem: Card is not allowed',
      ],
      [
        () => Box(untyped(item)),
        'Box accepts components except roots and ListViewItem: ListViewItem is not allowed',
      ],
      [
        () => Transition(untyped(item)),
        'Transition accepts components except roots and ListViewItem: ListViewItem is not allowed',
      ],
      [() => Basic(untyped(item)), 'Basic accepts only components and roots: ListViewItem is not allowed'],
      [() => ListView(untyped([item, text])), 'ListView accepts only ListViewItem: Text is not allowed'],
      [() => Table(untyped(TableCell({}))), 'Table accepts only Table.Row: Table.Cell is not allowed'],
      [() => TableRow(untyped(text)), 'Table.Row accepts only Table.Cell: Text is not allowed'],
      [() => Text(untyped('Hi')), 'Text takes no children: set its content in its props.'],
      [() => Button(untyped([])), 'Button takes no children'],
    ];
    for (const [build, message] of refused) {
      expect(build).toThrow(TypeError);
      expect(build).toThrow(message);
    }
  });

  it('may be components that this version does not know', () => {
    const map = { type: 'Map', zoom: 3 };
    expect(Card(untyped(map)).children).toStrictEqual([map]);
  });
});
