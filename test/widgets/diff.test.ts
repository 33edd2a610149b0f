import fc from 'fast-check';
import type { ThreadItemUpdate, WidgetRoot } from '../../src/protocol';
import { diffWidget } from '../../src/widgets';

const text = (value: string, more: object = {}) => ({ type: 'Text', id: 't', value, ...more });
const card = (...children: unknown[]): WidgetRoot => ({ type: 'Card', children });

describe('diffWidget', () => {
  it('gives nothing for equal states, absent and null props being alike', () => {
    expect(diffWidget(card(text('a')), card(text('a')))).toEqual([]);
    expect(diffWidget(card(text('a', { size: null })), card(text('a')))).toEqual([]);
  });

  it('gives what was appended to a text with an id, at any depth of children', () => {
    const before = card({ type: 'Box', children: [text('a')] }, { type: 'Markdown', id: 'm', value: '' });
    const after = card({ type: 'Box', children: [text('ab')] }, { type: 'Markdown', id: 'm', value: 'x' });
    expect(diffWidget(before, after)).toEqual([
      { type: 'widget.streaming_text.value_delta', component_id: 't', delta: 'b', done: true },
      { type: 'widget.streaming_text.value_delta', component_id: 'm', delta: 'x', done: true },
    ]);
  });

  it('says that a text goes on while it is streaming', () => {
    const [update] = diffWidget(card(text('a', { streaming: true })), card(text('ab', { streaming: true })));
    expect(update).toMatchObject({ done: false });
  });

  it.each<[string, WidgetRoot, WidgetRoot]>([
    ['text that did not grow by appending', card(text('ab')), card(text('b'))],
    ['text without an id', card({ type: 'Text', value: 'a' }), card({ type: 'Text', value: 'ab' })],
    ['another prop', card(text('a')), card(text('ab', { color: 'red' }))],
    ['a prop that vanished', card(text('a', { color: 'red' })), card(text('ab'))],
    ['a child more', card(text('a')), card(text('a'), text('b'))],
    ['another component type', card(text('a')), card({ type: 'Title', id: 't', value: 'ab' })],
    ['an id used twice', card(text('a'), text('a')), card(text('ab'), text('ab'))],
    [
      'children that are one component',
      { type: 'Card', children: text('a') },
      { type: 'Card', children: text('ab') },
    ],
    ['text in another prop', { type: 'Card', header: text('a') }, { type: 'Card', header: text('ab') }],
    [
      'payload data',
      card({ type: 'Button', onClickAction: { type: 'x', payload: { n: [1] } } }),
      card({ type: 'Button', onClickAction: { type: 'x', payload: { n: [2] } } }),
    ],
  ])('sends the whole widget for %s', (_, before, after) => {
    expect(diffWidget(before, after)).toEqual([{ type: 'widget.root.updated', widget: after }]);
  });

  const sending = (payload: unknown) => card({ type: 'Button', onClickAction: { type: 'x', payload } });

  it('sees that a date changed', () => {
    expect(diffWidget(sending({ at: new Date(1) }), sending({ at: new Date(1) }))).toEqual([]);
    expect(diffWidget(sending({ at: new Date(1) }), sending({ at: new Date(2) }))).toHaveLength(1);
  });

  it('sees that a component changed which says itself how it is written', () => {
    const own = (value: string) => ({ toJSON: () => text(value) });
    expect(diffWidget(card(own('a')), card(own('a')))).toEqual([]);
    expect(diffWidget(card(own('a')), card(own('ab')))).toHaveLength(1);
    expect(diffWidget(own('a') as never, own('ab') as never)).toHaveLength(1);
  });

  it.each(['__proto__', 'constructor'])('sees a key %s come and go', (key) => {
    const [none, some] = [sending({}), sending(Object.fromEntries([[key, {}]]))];
    expect(diffWidget(none, some)).toHaveLength(1);
    expect(diffWidget(some, none)).toHaveLength(1);
    expect(diffWidget(some, structuredClone(some))).toEqual([]);
  });

  it('takes an id in a payload for no id of a component', () => {
    const button = { type: 'Button', onClickAction: { type: 'x', payload: { type: 'y', id: 't' } } };
    expect(diffWidget(card(button, text('a')), card(button, text('ab')))).toMatchObject([{ delta: 'b' }]);
  });

  it('gives updates that turn any widget into any other', () => {
    const leaf = fc.record({
      type: fc.constantFrom('Text', 'Markdown', 'Title'),
      id: fc.constantFrom('a', 'b', 'c'),
      value: fc.constantFrom('', 'x', 'xy', 'z'),
    });
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.record({ type: fc.constant('Box'), children: fc.array(tie('node'), { maxLength: 3 }) }),
      ),
    })).node as fc.Arbitrary<WidgetRoot>;
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        expect(apply(before, diffWidget(before, after))).toEqual(after);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('diffWidget with component updates', () => {
  const on = (before: WidgetRoot, after: WidgetRoot) => diffWidget(before, after, { componentUpdates: true });
  const box = (id: string | undefined, ...children: unknown[]) => ({ type: 'Box', id, children });
  const badge = (label: string, id = 'b') => ({ type: 'Badge', id, label });
  const whole = (component: { id?: string | undefined; [prop: string]: unknown }) => ({
    type: 'widget.component.updated',
    component_id: component.id,
    component,
  });
  /** Enough beside what changes for the whole widget never to be the shorter message. */
  const rest = { type: 'Markdown', value: 'What does not change. '.repeat(20) };

  it('sends the smallest component with an id that holds the change', () => {
    const state = (label: string) => card(rest, box('outer', box(undefined, rest, badge(label))));
    expect(on(state('a'), state('b'))).toEqual([whole(badge('b'))]);
    const nameless = (value: string) => card(rest, box('outer', { type: 'Title', value }));
    expect(on(nameless('a'), nameless('b'))).toEqual([whole(box('outer', { type: 'Title', value: 'b' }))]);
    const other = card(rest, { ...text('a'), id: 'b' });
    expect(on(card(rest, badge('a')), other)).toEqual([whole({ ...text('a'), id: 'b' })]); // of another type
  });

  it('sends changes in several places, growing text among them, each for itself', () => {
    const state = (label: string, value: string) =>
      card(rest, box('one', badge(label)), box('two', text(value)), badge(label, 'c'));
    expect(on(state('a', 'x'), state('b', 'xy'))).toEqual([
      whole(badge('b')),
      { type: 'widget.streaming_text.value_delta', component_id: 't', delta: 'y', done: true },
      whole(badge('b', 'c')),
    ]);
  });

  it('sends what lies around the changes where that is shorter', () => {
    const badges = (label: string) => box('list', ...['1', '2', '3', '4'].map((id) => badge(label, id)));
    expect(on(card(rest, badges('a')), card(rest, badges('b')))).toEqual([whole(badges('b'))]);
    expect(on(card(badges('a')), card(badges('b')))).toEqual([
      { type: 'widget.root.updated', widget: card(badges('b')) },
    ]);
  });

  it('never weighs up texts that only grew', () => {
    const state = (value: string) => card(...['a', 'b', 'c'].map((id) => ({ type: 'Text', id, value })));
    expect(on(state('x'), state('xy'))).toHaveLength(3);
  });

  it('goes through children that are one component', () => {
    const state = (value: string, label: string) =>
      card(
        rest,
        { type: 'Transition', children: text(value) },
        { type: 'Transition', children: badge(label) },
      );
    expect(on(state('a', 'x'), state('ab', 'y'))).toMatchObject([{ delta: 'b' }, whole(badge('y'))]);
  });

  it('finds a text that changed otherwise than by growing', () => {
    const state = (value: string, more?: object) => card(rest, text(value, more));
    expect(on(state('ab'), state('b'))).toEqual([whole(text('b'))]);
    const [end] = on(state('a', { streaming: true }), state('ab', { streaming: false }));
    expect(end).toEqual(whole(text('ab', { streaming: false })));
  });

  it('takes what is no child for a part of the component that holds it', () => {
    const state = (value: string) => card(rest, { ...box('outer'), header: text(value) });
    expect(on(state('a'), state('ab'))).toEqual([whole({ ...box('outer'), header: text('ab') })]);
    const chart = (id: string) => card(rest, { type: 'Chart', id: 'c', data: [{ type: 'x', id, sum: id }] });
    expect(on(chart('1'), chart('2'))).toMatchObject([{ component_id: 'c' }]);
  });

  it.each<[string, WidgetRoot, WidgetRoot]>([
    ['a component without an id', card(rest, box(undefined)), card(rest, box(undefined, rest))],
    ['an empty id', card(rest, badge('a', '')), card(rest, badge('b', ''))],
    ['an id used twice', card(rest, badge('a'), badge('x')), card(rest, badge('b'), badge('x'))],
    [
      'an id that was used twice',
      card(rest, box('b', badge('x')), badge('a')),
      card(rest, box('b'), badge('b')),
    ],
    [
      'an id used in no child',
      card(rest, badge('a'), { header: badge('x') }),
      card(rest, badge('b'), { header: badge('x') }),
    ],
    ['another id', card(rest, badge('a')), card(rest, badge('a', 'c'))],
    ['a child more', card(rest, badge('a')), card(rest, badge('a'), badge('c', 'c'))],
    [
      'children in another order',
      card(rest, badge('a', '1'), badge('b', '2')),
      card(rest, badge('b', '2'), badge('a', '1')),
    ],
    ['a prop of the root', { ...card(badge('a')), size: 'sm' }, { ...card(badge('a')), size: 'lg' }],
    ['a root with an id', { ...card(rest), id: 'r', size: 'sm' }, { ...card(rest), id: 'r', size: 'lg' }],
  ])('sends the whole widget for %s', (_, before, after) => {
    expect(on(before, after)).toEqual([{ type: 'widget.root.updated', widget: after }]);
  });

  it('sends nothing for equal states', () => {
    expect(on(card(rest, badge('a')), card(rest, { ...badge('a'), size: null }))).toEqual([]);
  });
});

/** As a client does it: every component of the id takes the delta. */
function apply(widget: WidgetRoot, updates: readonly ThreadItemUpdate[]): WidgetRoot {
  return updates.reduce<WidgetRoot>((current, update) => {
    if (update.type === 'widget.root.updated') return update.widget;
    if (update.type !== 'widget.streaming_text.value_delta') throw new Error('unexpected');
    return JSON.parse(JSON.stringify(current), (_, node: unknown) => {
      if (typeof node !== 'object' || node === null || !('id' in node) || node.id !== update.component_id)
        return node;
      const component = node as unknown as { value: string };
      return { ...component, value: component.value + update.delta };
    }) as WidgetRoot;
  }, widget);
}
