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

/** As a client does it: every component of the id takes the delta. */
function apply(widget: WidgetRoot, updates: ThreadItemUpdate[]): WidgetRoot {
  return updates.reduce((current, update) => {
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
