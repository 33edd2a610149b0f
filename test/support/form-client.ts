import type { ActionRequest, WidgetComponent } from '../../src/protocol';
import { widgetActions } from '../../src/widgets';

type Json = Record<string, unknown>;

/**
 * What ChatKit's client sends for an action of a widget, once the user has filled in its controls: the
 * action's own payload, and beside it the values, of which dotted names become nested objects. A value
 * whose place is taken is dropped.
 *
 * @param values by the names of the controls; a control that is not named sends nothing
 */
export function sentByClient(widget: WidgetComponent, values: Json, type?: string): ActionRequest {
  const actions = widgetActions(widget);
  const action = type === undefined ? actions[0] : actions.find(({ config }) => config.type === type);
  if (action === undefined) throw new Error('The widget has no such action.');
  const payload = JSON.parse(JSON.stringify(action.config.payload ?? {})) as Json;
  for (const field of action.fields) {
    if (Object.hasOwn(values, field)) put(payload, field.split('.'), values[field]);
  }
  return { type: action.config.type, payload: JSON.parse(JSON.stringify(payload)) as Json };
}

function put(target: Json, [key, ...rest]: string[], value: unknown): void {
  const name = String(key);
  if (rest.length === 0) {
    if (!Object.hasOwn(target, name)) target[name] = value;
    return;
  }
  target[name] ??= {};
  const next = target[name];
  if (typeof next === 'object' && next !== null && !Array.isArray(next)) put(next as Json, rest, value);
}
