import fc, { type Arbitrary } from 'fast-check';
import type { ActionConfig } from '../../../src/protocol';
import { object } from './shape';
import { flag, id, list, number, text } from './values';

const PLANTED = Symbol('an action that the arbitrary put in');

/** Names that mean something where they do not stand in a payload. */
export const key: Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: text },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...['type', 'id', 'key', 'value', 'children', 'payload', 'action', 'onClickAction', 'widget'],
      ...['component', 'data', 'name', 'streaming', '__proto__', 'constructor', 'toString', 'toJSON'],
    ),
  },
);

/** What looks like a component, an action or a field, and is data. */
const decoy = fc.oneof(
  fc.record({ type: fc.constantFrom('Text', 'Markdown'), id, value: text }),
  fc.record({ type: fc.constant('Input'), id, name: text }),
  fc.record({ type: fc.constant('Button'), id, onClickAction: fc.record({ type: text, payload: text }) }),
  fc.record({ confirm: fc.record({ label: text, action: fc.record({ type: text }) }) }),
);

/** The application's own data: any JSON. */
export const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.oneof(fc.constant(null), number, flag, text),
    decoy,
    list(tie('json')),
    list(fc.tuple(key, tie('json'))).map((entries) => Object.fromEntries(entries) as unknown),
  ),
}));

/** Any action, marked as planted. */
export const action: Arbitrary<ActionConfig> = object<ActionConfig>(
  { type: text },
  {
    payload: json,
    handler: fc.constantFrom('server', 'client'),
    loadingBehavior: fc.constantFrom('auto', 'none', 'self', 'container'),
    streaming: flag,
  },
).map((config) => ({ ...config, [PLANTED]: true }));

/** The actions that were put into a widget, wherever they are, in the order in which they stand. */
export function plantedIn(node: unknown): ActionConfig[] {
  if (typeof node !== 'object' || node === null) return [];
  if (PLANTED in node) return [node as unknown as ActionConfig];
  return Object.values(node).flatMap(plantedIn);
}
