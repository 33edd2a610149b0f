import fc from 'fast-check';
import type { ActionConfig, WidgetRoot } from '../../src/protocol';
import { sentAction, whyNotSent, widgetActions } from '../../src/widgets';
import { clientPayload } from './client';

const streaming = { sync: false };
const buttons = (...configs: ActionConfig[]): WidgetRoot => ({
  type: 'Card',
  children: configs.map((onClickAction) => ({ type: 'Button', onClickAction })),
});
const form = (payload: unknown, ...names: string[]): WidgetRoot => ({
  type: 'Form',
  onSubmitAction: { type: 'send', payload },
  children: names.map((name) => ({ type: 'Input', name })),
});
const sends = (widget: WidgetRoot, payload?: unknown, type = 'send', operation = streaming): boolean =>
  sentAction(widget, { type, payload }, operation) !== undefined;

describe('sentAction', () => {
  it('finds the action that a widget has', () => {
    const widget = buttons({ type: 'a' }, { type: 'b', payload: { id: 1, tags: ['x'] } });
    expect(sentAction(widget, { type: 'b', payload: { tags: ['x'], id: 1 } }, streaming)).toMatchObject({
      path: 'children.1.onClickAction',
    });
    expect(sends(widget, undefined, 'a')).toBe(true);
    expect(sends(widget, {}, 'a')).toBe(true);
    expect(sends(widget, { id: 1, tags: ['x'] }, 'c')).toBe(false);
  });

  test.each<[string, unknown]>([
    ['another value', { id: 2, at: { x: 1 } }],
    ['another value inside', { id: 1, at: { x: 2 } }],
    ['a value of another type', { id: '1', at: { x: 1 } }],
    ['a key less', { id: 1 }],
    ['a key less inside', { id: 1, at: {} }],
    ['a key more', { id: 1, at: { x: 1 }, admin: true }],
    ['a key more inside', { id: 1, at: { x: 1, y: 1 } }],
    ['no payload', undefined],
    ['null', null],
    ['an array', [1]],
    ['a text', 'id'],
  ])('takes no payload with %s', (_, payload) => {
    expect(sends(buttons({ type: 'send', payload: { id: 1, at: { x: 1 } } }), payload)).toBe(false);
  });

  test.each([['text'], [0], [[1, { a: 2 }]], [false]])('takes the payload %j as it is only', (payload) => {
    const widget = form(payload, 'name');
    expect(sends(widget, structuredClone(payload))).toBe(true);
    for (const other of [undefined, {}, { name: 'Ada' }, [payload]]) expect(sends(widget, other)).toBe(false);
  });

  it('takes the operation that the action asks for, and none of the page itself', () => {
    const sync = buttons({ type: 'send', streaming: false });
    expect(sends(sync)).toBe(false);
    expect(sends(sync, undefined, 'send', { sync: true })).toBe(true);
    expect(sends(buttons({ type: 'send' }), undefined, 'send', { sync: true })).toBe(false);
    expect(sends(buttons({ type: 'send', handler: 'client' }))).toBe(false);
    expect(sends(buttons({ type: 'send', handler: 'server', streaming: true }))).toBe(true);
  });

  it("takes the values of the form's fields, nested where their names are dotted", () => {
    const widget = form({ id: 1, todo: { id: 2 } }, 'name', 'todo.title', 'a.b.c');
    expect(sends(widget, { id: 1, todo: { id: 2 } })).toBe(true);
    expect(sends(widget, { id: 1, todo: { id: 2, title: 'Tea' }, name: true, a: { b: { c: ['x'] } } })).toBe(
      true,
    );
    expect(sends(widget, { id: 1, todo: { id: 3, title: 'Tea' } })).toBe(false);
    expect(sends(widget, { id: 1, todo: { id: 2, done: true } })).toBe(false);
    expect(sends(widget, { id: 1, todo: { id: 2 }, a: { b: { d: 1 } } })).toBe(false);
    expect(sends(widget, { id: 1, todo: { id: 2 }, a: 'b' })).toBe(false);
    expect(sends(form(undefined, 'name'), { name: 'Ada' })).toBe(true);
    expect(sends(form(undefined, 'name'), { constructor: 1 })).toBe(false);
  });

  it('takes the value of a control that sends by itself', () => {
    const select: WidgetRoot = {
      type: 'Card',
      children: [{ type: 'Select', name: 'size', onChangeAction: { type: 'send', payload: { id: 1 } } }],
    };
    expect(sends(select, { id: 1, size: 'XL' })).toBe(true);
    expect(sends(select, { id: 1, colour: 'red' })).toBe(false);
  });

  it('of several finds the one that says most', () => {
    const widget: WidgetRoot = {
      type: 'Form',
      onSubmitAction: { type: 'send' },
      children: [
        { type: 'Input', name: 'id' },
        { type: 'Button', onClickAction: { type: 'send', payload: { id: 1 } } },
      ],
    };
    const found = (id: number) => sentAction(widget, { type: 'send', payload: { id } }, streaming)?.path;
    expect(found(1)).toBe('children.1.onClickAction');
    expect(found(2)).toBe('onSubmitAction');
  });

  it('does not look at signatures', () => {
    const widget = buttons({ type: 'send', payload: { id: 1, $signature: 'a' } });
    expect(sends(widget, { id: 1, $signature: 'b' })).toBe(true);
    expect(sends(widget, { id: 1 })).toBe(true);
    expect(sends(widget, { id: 2, $signature: 'a' })).toBe(false);
  });
});

describe('of a random widget', () => {
  const name = fc
    .array(fc.constantFrom('id', 'a', 'b', 'todo', 'ü', 'toString'), { minLength: 1, maxLength: 3 })
    .map((path) => path.join('.'));
  const json = fc.jsonValue({ maxDepth: 3 }).map((value): unknown => JSON.parse(JSON.stringify(value)));
  const payload = fc.oneof(
    fc.constant(undefined),
    { weight: 4, arbitrary: fc.dictionary(fc.constantFrom('id', 'a', 'b', 'todo'), json) },
    fc.string(),
  );
  const config = fc.record(
    { type: fc.constantFrom('send', 'cancel'), payload, streaming: fc.boolean() },
    { requiredKeys: ['type', 'payload'] },
  );
  const component = fc.oneof(
    fc.record({ type: fc.constant('Button'), onClickAction: config }),
    fc.record({ type: fc.constant('Input'), name }),
    fc.record({ type: fc.constant('Select'), name, onChangeAction: config }),
  );
  const widget: fc.Arbitrary<WidgetRoot> = fc.record({
    type: fc.constantFrom('Form', 'Card'),
    asForm: fc.boolean(),
    onSubmitAction: config,
    children: fc.array(
      fc.oneof(component, fc.record({ type: fc.constant('Row'), children: fc.array(component) })),
    ),
  });
  const values = fc.func(fc.oneof(fc.string(), fc.boolean(), fc.array(fc.string())));

  const clicks = fc.record({ root: widget, value: values, at: fc.nat() }).map(({ root, value, at }) => {
    const actions = widgetActions(root);
    const action = actions[at % actions.length]!;
    const all = Object.fromEntries(action.fields.map((field) => [field, value(field)]));
    const sent = JSON.parse(
      JSON.stringify({ type: action.config.type, payload: clientPayload(action, all) }),
    ) as { type: string; payload: unknown };
    return { root, action, sent, sync: action.config.streaming === false };
  });

  test('whatever a client sends is found', () => {
    fc.assert(
      fc.property(clicks, ({ root, sent, sync }) => {
        expect(sentAction(root, sent, { sync })).toBeDefined();
      }),
    );
  });

  test('a payload with one value altered is found for no action that fixes that value', () => {
    fc.assert(
      fc.property(clicks, fc.nat(), ({ root, action, sent, sync }, at) => {
        const own = action.config.payload;
        const keys = typeof own === 'object' ? Object.keys(own ?? {}) : [];
        fc.pre(keys.length > 0);
        const key = keys[at % keys.length]!;
        const altered = { ...sent, payload: { ...(sent.payload as object), [key]: 'altered' } };
        const found = sentAction(root, altered, { sync });
        // Another button may really send it; this one cannot.
        expect(found?.path).not.toBe(action.path);
      }),
    );
  });

  test('what is refused has a reason, which never holds a value of the payload', () => {
    const secret = 'a value of the user';
    fc.assert(
      fc.property(clicks, fc.constantFrom('added', 'name'), ({ root, sent, sync }, key) => {
        const altered = { ...sent, payload: { ...(sent.payload ?? {}), [key]: { deep: secret } } };
        fc.pre(sentAction(root, altered, { sync }) === undefined);
        const reason = whyNotSent(root, altered, { sync });
        expect(reason).toMatch(/^the /);
        expect(reason).not.toMatch(/undefined|signed/);
        expect(reason).not.toContain(secret);
      }),
    );
  });

  test('a key that is neither of the payload nor of the form is never taken', () => {
    fc.assert(
      fc.property(clicks, ({ root, sent, sync }) => {
        const payload = { ...(sent.payload ?? {}), admin: true };
        expect(sentAction(root, { ...sent, payload }, { sync })).toBeUndefined();
      }),
    );
  });
});
