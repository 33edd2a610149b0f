import {
  isComponent,
  isPayload,
  MAX_WIDGET_DEPTH,
  type ActionConfig,
  type WidgetComponent,
} from '../protocol';

/** One action that a widget can send. */
export interface WidgetAction {
  /** The path of the action: `children.0.onClickAction`, `confirm.action`. */
  readonly path: string;
  /** The component that sends it: `Button`. */
  readonly component: string;
  readonly config: ActionConfig;
  /**
   * Names of the fields whose values are added to the payload: those of the surrounding form, or of the
   * control that sends the action. A dotted name arrives as nested objects.
   */
  readonly fields: readonly string[];
}

/** The current position while walking a widget. */
interface Place {
  readonly path: string;
  readonly component: string;
  readonly fields: readonly string[];
  /** The enclosing objects, the root first. */
  readonly around: readonly object[];
}

/**
 * Returns all actions that a widget can send, in document order. Inside a `Form`, and inside a `Card` with
 * `asForm`, actions may carry the values of all fields. Payloads are data and are not searched for actions.
 *
 * @example
 * widgetActions(card).filter(({ config }) => config.handler !== 'client');
 */
export function widgetActions(widget: WidgetComponent): WidgetAction[] {
  const found: WidgetAction[] = [];
  visit(widget, { path: '', component: '', fields: [], around: [] }, found);
  return found;
}

function visit(node: unknown, place: Place, found: WidgetAction[]): void {
  if (!isNew(node, place.around)) return;
  const { component, fields } = isComponent(node) ? ownPlace(node, place) : place;
  for (const [key, value] of Object.entries(node)) {
    if (isPayload(key)) continue;
    const path = place.path === '' ? key : `${place.path}.${key}`;
    if (!isActionKey(key)) visit(value, { path, component, fields, around: [...place.around, node] }, found);
    else if (isComponent(value)) found.push({ path, component, fields, config: value });
  }
}

/** Whether a value is an object that does not enclose itself. Plain data may contain cycles. */
function isNew(node: unknown, around: readonly object[]): node is object {
  if (typeof node !== 'object' || node === null) return false;
  return around.length <= MAX_WIDGET_DEPTH && !around.includes(node);
}

function ownPlace(node: WidgetComponent, { fields }: Place): Pick<Place, 'component' | 'fields'> {
  const isForm = node.type === 'Form' || (node.type === 'Card' && node['asForm'] === true);
  const own = isForm ? formFields(node) : [fieldName(node)];
  const all = [...fields, ...own].filter((name) => name !== undefined);
  return { component: node.type, fields: [...new Set(all)] };
}

/** `onClickAction` and similar keys; `action` in a card's `confirm` and `cancel`. */
function isActionKey(key: string): boolean {
  return key === 'action' || (key.startsWith('on') && key.endsWith('Action'));
}

const CONTROLS: ReadonlySet<string> = new Set([
  'Input',
  'Textarea',
  'Select',
  'DatePicker',
  'Checkbox',
  'RadioGroup',
]);

/** The key of a control's value in a payload. */
function fieldName(node: WidgetComponent): string | undefined {
  const holder = node.type === 'Text' ? node['editable'] : CONTROLS.has(node.type) ? node : undefined;
  if (typeof holder !== 'object' || holder === null || !('name' in holder)) return undefined;
  return typeof holder.name === 'string' && holder.name !== '' ? holder.name : undefined;
}

function formFields(form: WidgetComponent): string[] {
  const names: string[] = [];
  const collect = (node: unknown, around: readonly object[]): void => {
    if (!isNew(node, around)) return;
    const name = isComponent(node) ? fieldName(node) : undefined;
    if (name !== undefined) names.push(name);
    for (const [key, value] of Object.entries(node)) {
      if (!isPayload(key) && !isActionKey(key)) collect(value, [...around, node]);
    }
  };
  collect(form, []);
  return names;
}
