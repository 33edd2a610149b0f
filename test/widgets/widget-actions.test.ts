import type { WidgetComponent } from '../../src/protocol';
import { widgetActions } from '../../src/widgets';

const act = (type: string, payload?: unknown) => ({ type, ...(payload === undefined ? {} : { payload }) });
const button = (type: string) => ({ type: 'Button', onClickAction: act(type) });
const input = (name: string) => ({ type: 'Input', name });
const card = (...children: unknown[]): WidgetComponent => ({ type: 'Card', children });

/** What was found, in short: action, and the fields that come along. */
const fieldsIn = (widget: WidgetComponent) =>
  Object.fromEntries(widgetActions(widget).map(({ config, fields }) => [config.type, fields]));

describe('widgetActions', () => {
  it('finds each action with its path and its component, in the order in which they are written', () => {
    const save = act('save', { id: 1 });
    const list: WidgetComponent = {
      type: 'ListView',
      children: [
        {
          type: 'ListViewItem',
          onClickAction: act('open'),
          children: [{ type: 'Row', children: [button('a')] }],
        },
        { type: 'ListViewItem', children: [{ type: 'Transition', children: button('b') }] },
      ],
      footer: {
        type: 'Card',
        children: [],
        confirm: { label: 'OK', action: save },
        cancel: { label: 'No', action: act('drop') },
      },
    };
    expect(widgetActions(list)).toEqual([
      { path: 'children.0.onClickAction', component: 'ListViewItem', config: act('open'), fields: [] },
      {
        path: 'children.0.children.0.children.0.onClickAction',
        component: 'Button',
        config: act('a'),
        fields: [],
      },
      {
        path: 'children.1.children.0.children.onClickAction',
        component: 'Button',
        config: act('b'),
        fields: [],
      },
      { path: 'footer.confirm.action', component: 'Card', config: save, fields: [] },
      { path: 'footer.cancel.action', component: 'Card', config: act('drop'), fields: [] },
    ]);
    expect(widgetActions(list)[3]?.config).toBe(save);
  });

  it('finds nothing in a widget that sends nothing', () => {
    expect(widgetActions(card({ type: 'Text', value: 'onClickAction' }))).toEqual([]);
  });

  it('gives every action in a form all of its fields, once each', () => {
    const form = {
      type: 'Form',
      onSubmitAction: act('submit'),
      children: [
        input('name'),
        { type: 'Row', children: [{ type: 'Textarea', name: 'address.street' }, input('name')] },
        { type: 'Select', name: 'size', options: [], onChangeAction: act('size') },
        { type: 'DatePicker', name: 'day' },
        { type: 'Checkbox', name: 'agreed' },
        { type: 'RadioGroup', name: 'pace' },
        { type: 'Text', value: 'Tea', editable: { name: 'title' } },
        { type: 'Text', value: 'Not a field', editable: false, name: 'no' },
        { type: 'Label', fieldName: 'no', value: 'Name' },
        input(''),
        button('inside'),
      ],
    };
    const all = ['name', 'address.street', 'size', 'day', 'agreed', 'pace', 'title'];
    expect(fieldsIn(card(input('outside'), form, button('beside')))).toEqual({
      submit: all,
      size: all,
      inside: all,
      beside: [],
    });
  });

  it('gives confirm, cancel and all inside of a card its fields where it is a form', () => {
    const of = (asForm: unknown): WidgetComponent => ({
      ...card(input('name'), button('inside')),
      asForm,
      confirm: { label: 'OK', action: act('ok') },
      cancel: { label: 'No', action: act('no') },
    });
    expect(fieldsIn(of(true))).toEqual({ inside: ['name'], ok: ['name'], no: ['name'] });
    expect(fieldsIn(of(undefined))).toEqual({ inside: [], ok: [], no: [] });
    expect(fieldsIn(of('yes'))).toEqual({ inside: [], ok: [], no: [] });
  });

  it('lists what may come along in a form within a form', () => {
    const inner = { type: 'Form', onSubmitAction: act('inner'), children: [input('b')] };
    const outer = { type: 'Form', onSubmitAction: act('outer'), children: [input('a'), inner, input('c')] };
    const fields = fieldsIn(outer);
    expect(fields['outer']).toEqual(['a', 'b', 'c']);
    expect([...fields['inner']!].sort()).toEqual(['a', 'b', 'c']);
  });

  it('gives the action of a control outside of any form its own value, and its siblings nothing', () => {
    const select = { type: 'Select', name: 'to.city', onChangeAction: act('city') };
    expect(
      fieldsIn(card(select, { type: 'Checkbox', onChangeAction: act('nameless') }, button('go'))),
    ).toEqual({
      city: ['to.city'],
      nameless: [],
      go: [],
    });
  });

  it('takes what is in a payload for data', () => {
    const payload = { ...button('decoy'), children: [button('decoy'), input('decoy')], action: act('decoy') };
    const form = {
      type: 'Form',
      onSubmitAction: act('submit', payload),
      children: [
        { type: 'Button', onClickAction: { payload } },
        { type: 'Box', payload: [input('decoy'), button('decoy')] },
      ],
    };
    expect(fieldsIn(form)).toEqual({ submit: [] });
  });

  it('leaves out what is no action', () => {
    const children = [undefined, null, 'send', 1, [], {}, { type: 1 }].map((onClickAction) => ({
      type: 'Button',
      onClickAction,
    }));
    expect(widgetActions(card(...children))).toEqual([]);
    expect(widgetActions(card({ type: 'Box', clickAction: act('x'), onion: act('y') }))).toEqual([]);
  });

  it('finds a component that stands twice in both places, and ends where one holds itself', () => {
    const twice = button('twice');
    const ring: WidgetComponent = card(twice, twice);
    (ring['children'] as unknown[]).push(ring, [ring], { type: 'Form', children: [ring, input('a')] });
    expect(widgetActions(ring).map(({ path }) => path)).toEqual([
      'children.0.onClickAction',
      'children.1.onClickAction',
    ]);
  });

  it('looks as deep as a client does, and no deeper', () => {
    let deep: WidgetComponent = button('deep');
    for (let level = 0; level < 90; level += 1)
      deep = { type: 'Form', children: [deep, input(String(level))] };
    expect(fieldsIn(deep)['deep']).toHaveLength(90);
    for (let level = 0; level < 5_000; level += 1) deep = { type: 'Box', children: [deep] };
    expect(widgetActions(deep)).toEqual([]);
  });
});
