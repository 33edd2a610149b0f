import fc from 'fast-check';
import { widgetOnWire, type ActionConfig, type WidgetRoot } from '../../src/protocol';
import {
  ActionSigner,
  diffWidget,
  sentAction,
  SIGN,
  signatureIn,
  widgetActions,
  type WidgetAction,
} from '../../src/widgets';
import { anyWidget } from './arbitrary/widgets';
import { clientPayload } from './client';

const signer = new ActionSigner({ keys: ['a key of the tests, 32 bytes or more'] });
const place = { owner: 'alice', threadId: 'thr_1', itemId: 'wgt_1' };
const RUNS = { numRuns: 1000 };

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The widget with every action marked that can be, for all fields of its payload. */
function marked(widget: WidgetRoot): { widget: WidgetRoot; count: number } {
  const actions = new Set<unknown>(widgetActions(widget).map(({ config }) => config));
  let count = 0;
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit);
    if (!isObject(node)) return node;
    if (!actions.has(node))
      return Object.fromEntries(Object.entries(node).map(([key, each]) => [key, visit(each)]));
    const payload = node['payload'] ?? {};
    if (!isObject(payload)) return node;
    count += 1;
    return { ...node, [SIGN]: { fields: Object.keys(payload) } };
  };
  return { widget: visit(widget) as WidgetRoot, count };
}

function sent(action: WidgetAction): ActionConfig {
  const values = Object.fromEntries(action.fields.map((field) => [field, 'typed']));
  return { type: action.config.type, payload: clientPayload(action, values) };
}

test('whatever a widget can send is found in it', () => {
  fc.assert(
    fc.property(anyWidget.map(widgetOnWire), (widget) => {
      for (const action of widgetActions(widget)) {
        if (action.config.handler === 'client') continue;
        const sync = action.config.streaming === false;
        expect(sentAction(widget, sent(action), { sync })).toBeDefined();
      }
    }),
    RUNS,
  );
});

test('a widget without marks is not copied, and one with marks is signed at each of them', () => {
  fc.assert(
    fc.property(anyWidget.map(widgetOnWire), (plain) => {
      expect(signer.sign(plain, place)).toBe(plain);
      const { widget, count } = marked(plain);
      expect(diffWidget(plain, widget)).toEqual([]); // marks are no change
      const signed = widgetActions(widgetOnWire(signer.sign(widget, place))).filter(
        ({ config }) => signatureIn(config.payload) !== undefined,
      );
      expect(signed).toHaveLength(count);
      for (const action of signed) {
        const request = { type: action.config.type, payload: action.config.payload };
        expect(signer.verify(request, place)).toMatchObject({ expiresAt: undefined });
        expect(signer.verify(request, { ...place, itemId: 'wgt_2' })).toBe('invalid');
      }
    }),
    RUNS,
  );
});
