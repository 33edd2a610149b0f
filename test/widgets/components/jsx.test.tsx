/** @jsxImportSource chatkit-controllers/widgets */
import { widget } from 'chatkit-controllers';
import {
  Basic,
  Button,
  Card,
  createElement,
  Form,
  Fragment,
  Input,
  ListView,
  ListViewItem,
  Row,
  Table,
  Text,
  Transition,
  type Children,
  type WidgetElement,
} from 'chatkit-controllers/widgets';
import { jsxDEV } from 'chatkit-controllers/widgets/jsx-dev-runtime';
import { jsx } from 'chatkit-controllers/widgets/jsx-runtime';

const names = ['Ada', 'Bob'];
const text = Text({ value: 'Hi' });

const Price = ({ cents }: { cents: number }) => <Text value={(cents / 100).toFixed(2)} />;
const Frame = ({ title, children }: { title: string; children?: Children }) => (
  <Card>
    <Text value={title} />
    {children}
  </Card>
);
const Nothing = () => null;
const Names = () => names.map((name) => <Text key={name} value={name} />);

describe('a widget as JSX', () => {
  it('is what the builders make', () => {
    expect(
      <Card size="md" asForm confirm={{ label: 'OK', action: { type: 'ok' } }}>
        <Row gap={2}>
          <Text value="Hi" weight="bold" />
          <Button label="Go" submit />
        </Row>
        <Form onSubmitAction={{ type: 'save' }}>
          <Input name="email" inputType="email" />
        </Form>
      </Card>,
    ).toStrictEqual(
      Card({
        size: 'md',
        asForm: true,
        confirm: { label: 'OK', action: { type: 'ok' } },
        children: [
          Row({
            gap: 2,
            children: [Text({ value: 'Hi', weight: 'bold' }), Button({ label: 'Go', submit: true })],
          }),
          Form({ onSubmitAction: { type: 'save' }, children: Input({ name: 'email', inputType: 'email' }) }),
        ],
      }),
    );
  });

  it('takes lists, conditions and fragments', () => {
    const none = names.length === 0;
    expect(
      <ListView>
        {none && <ListViewItem>{text}</ListViewItem>}
        {names.map((name) => (
          <ListViewItem key={name}>
            <>
              <Text value={name} />
              <>{none ? <Text value="-" /> : null}</>
            </>
          </ListViewItem>
        ))}
      </ListView>,
    ).toStrictEqual(
      ListView({
        children: names.map((name) => ListViewItem({ key: name, children: Text({ value: name }) })),
      }),
    );
  });

  it('has tables, transitions and roots in roots', () => {
    expect(
      <Basic>
        <Card>
          <Table>
            <Table.Row header>
              <Table.Cell colSpan={2}>
                <Transition>
                  <Text value="Hi" />
                </Transition>
              </Table.Cell>
            </Table.Row>
          </Table>
        </Card>
      </Basic>,
    ).toStrictEqual(
      Basic({
        children: Card({
          children: Table({
            children: Table.Row({
              header: true,
              children: Table.Cell({ colSpan: 2, children: Transition({ children: text }) }),
            }),
          }),
        }),
      }),
    );
  });

  it('is made of components of your own, beside calls of builders', () => {
    expect(
      <Frame title="Tea">
        <Price cents={250} />
        <Nothing />
        <Names />
        {text}
      </Frame>,
    ).toStrictEqual(
      Card({
        children: [
          Text({ value: 'Tea' }),
          Text({ value: '2.50' }),
          ...names.map((name) => Text({ value: name, key: name })),
          text,
        ],
      }),
    );
    expect(Card({ children: [<Price cents={100} />, text] })).toStrictEqual(
      Card({ children: [Text({ value: '1.00' }), text] }),
    );
  });

  it('carries its key in the data, also that of a component of your own', () => {
    const props = { value: 'Hi' };
    expect(<Text key="a" value="Hi" />).toStrictEqual({ ...text, key: 'a' });
    expect(<Price key="b" cents={1} />).toMatchObject({ key: 'b' });
    expect(<Text {...props} key="c" />).toStrictEqual({ ...text, key: 'c' });
    expect(<Text key="d" {...props} />).toStrictEqual({ ...text, key: 'd' });
    expect(text).not.toHaveProperty('key');
  });

  it('is what events take', () => {
    expect(
      widget(
        <Card>
          <Text value="Hi" />
        </Card>,
      ),
    ).toMatchObject({ item: { widget: { type: 'Card', children: [text] } } });
  });

  it('is refused where it is wrong, as the builders refuse it', () => {
    const Later = async () => text;
    const Words = () => 'Hi';
    const Lost = undefined as unknown as typeof Nothing;
    const refused: [() => unknown, string][] = [
      // @ts-expect-error -- text is a component of its own
      [() => <Card>Hi</Card>, 'Card: children is the string "Hi". Text is a component of its own'],
      [() => <>Hi</>, 'Fragment: children is the string "Hi"'],
      // @ts-expect-error -- so are numbers
      [() => <Card>{names.length}</Card>, 'Card: children is the number "2"'],
      // @ts-expect-error -- there are no such tags
      [() => <div />, 'There is no <div> in widgets'],
      // @ts-expect-error -- components are not async
      [() => <Later />, 'Later: what it returned is a promise'],
      // @ts-expect-error -- and return components
      [() => <Words />, 'Words: what it returned is the string "Hi"'],
      [() => <Lost />, "A tag's component is undefined"],
      // @ts-expect-error -- text has no children
      [() => <Text value="Hi">Ho</Text>, 'Text takes no children'],
      // The compiler cannot tell one element from another.
      [() => <ListView>{<Text value="Hi" />}</ListView>, 'ListView accepts only ListViewItem'],
    ];
    for (const [build, message] of refused) {
      expect(build).toThrow(TypeError);
      expect(build).toThrow(message);
    }
  });

  it('has its props checked by the compiler', () => {
    const doesNotCompile = (props: { value: string }): WidgetElement[] => [
      // @ts-expect-error -- a prop that there is not
      <Text value="Hi" sise="sm" />,
      // @ts-expect-error -- no such size
      <Text value="Hi" size="huge" />,
      // @ts-expect-error -- the wrong type
      <Text value={1} />,
      // @ts-expect-error -- the value is missing
      <Text />,
      // @ts-expect-error -- the children are missing
      <Card />,
      // @ts-expect-error -- a key is a string
      <Text {...props} key={1} />,
      // @ts-expect-error -- an element is no text
      <Text value={<Text value="Hi" />} />,
      // @ts-expect-error -- the props of a component of one's own
      <Price />,
      // @ts-expect-error -- one child
      <Transition>
        <Nothing />
        <Nothing />
      </Transition>,
    ];
    expect(doesNotCompile).toBeInstanceOf(Function);
  });
});

describe('the runtimes of JSX', () => {
  it('make the same in development', () => {
    expect(jsxDEV(Card, { children: [text] }, 'a', true)).toStrictEqual(jsx(Card, { children: [text] }, 'a'));
    expect(jsxDEV(Fragment, { children: [text, null] })).toStrictEqual([text]);
  });

  it('say in development where the tag is whose component is undefined', () => {
    const source = { fileName: 'src/order.tsx', lineNumber: 12 };
    expect(() => jsxDEV(undefined as never, {}, undefined, false, source)).toThrow(
      /^A tag's component is undefined: .* \(src\/order\.tsx:12\)$/,
    );
  });

  it('have the function that compilers fall back to', () => {
    expect(createElement(Card, { key: 'a', size: 'sm' }, text, [text])).toStrictEqual(
      Card({ key: 'a', size: 'sm', children: [text, text] }),
    );
    expect(createElement(Text, { value: 'Hi' })).toStrictEqual(text);
    const given = ({ children }: { children: unknown }) => Text({ value: JSON.stringify(children) });
    expect(createElement(given, null, text)).toMatchObject({ value: JSON.stringify(text) });
    expect(createElement(Nothing, null)).toStrictEqual([]);
  });
});
