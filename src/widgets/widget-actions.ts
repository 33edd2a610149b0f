import type { ActionConfig, WidgetComponent } from '../protocol';

/** One action that a widget can send. */
export interface WidgetAction {
  /** Where it is: `children.0.onClickAction`, `confirm.action`. */
  readonly path: string;
  /** The component that sends it: `Button`. */
  readonly component: string;
  readonly config: ActionConfig;
  /**
   * The names of the fields whose values come along in the payload: of the form around the action,
   * or of the control that sends it. A dotted name arrives as nested objects.
   */
  readonly fields: readonly string[];
}

/** What a walk knows of where it is. */
interface Place {
  readonly path: string;
  readonly component: string;
  readonly fields: readonly string[];
}

/** Deeper than any widget, and shallow enough for the stack. */
const MAX_DEPTH = 200;

/**
 * All actions that a widget can send, in the order in which they are written. Inside a `Form`, and
 * inside a `Card` with `asForm`, actions carry the values of all its fields.
 *
 * @example
 * widgetActions(card).filter(({ config }) => config.handler !== 'client');
 */
export function widgetActions(widget: WidgetComponent): WidgetAction[] {
  const found: WidgetAction[] = [];
  visit(widget, { path: '', component: '', fields: [] }, found, 0);
  return found;
}

function visit(node: unknown, place: Place, found: WidgetAction[], depth: number): void {
  if (typeof node !== 'object' || node === null || depth > MAX_DEPTH) return;
  const here = isComponent(node) ? placeOf(node, place) : place;
  for (const [key, value] of Object.entries(node)) {
    const path = here.path === '' ? key : `${here.path}.${key}`;
    if (isActionKey(key) && isComponent(value)) found.push({ ...here, path, config: value });
    else visit(value, { ...here, path }, found, depth + 1);
  }
}

function placeOf(node: WidgetComponent, { path, fields }: Place): Place {
  const isForm = node.type === 'Form' || (node.type === 'Card' && node['asForm'] === true);
  const own = fieldName(node);
  const inherited = isForm ? [...new Set([...fields, ...formFields(node)])] : fields;
  const all = own === undefined || inherited.includes(own) ? inherited : [...inherited, own];
  return { path, component: node.type, fields: all };
}

/** `onClickAction` and the like; `action` in a card's `confirm` and `cancel`. */
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

/** The name under which a control's value goes into a payload. */
function fieldName(node: WidgetComponent): string | undefined {
  const holder = node.type === 'Text' ? node['editable'] : CONTROLS.has(node.type) ? node : undefined;
  if (typeof holder !== 'object' || holder === null || !('name' in holder)) return undefined;
  return typeof holder.name === 'string' && holder.name !== '' ? holder.name : undefined;
}

function formFields(form: WidgetComponent): string[] {
  const names: string[] = [];
  const collect = (node: unknown, depth: number): void => {
    if (typeof node !== 'object' || node === null || depth > MAX_DEPTH) return;
    const name = isComponent(node) ? fieldName(node) : undefined;
    if (name !== undefined) names.push(name);
    for (const [key, value] of Object.entries(node)) if (!isActionKey(key)) collect(value, depth + 1);
  };
  collect(form, 0);
  return names;
}

function isComponent(value: unknown): value is WidgetComponent {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
