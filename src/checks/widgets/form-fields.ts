import { isRecord, type WidgetComponent } from '../../protocol';

type JsonObject = Record<string, unknown>;

/**
 * Copies a payload and adds an empty value for each form field, as if the user had not filled it in: an empty
 * string, or `false` for a checkbox.
 */
export function withFields(payload: unknown, fields: readonly string[], widget: WidgetComponent): unknown {
  if (fields.length === 0) return payload;
  const filled = isRecord(payload) ? structuredClone(payload) : {};
  const checkboxes = checkboxesIn(widget);
  for (const field of fields) put(filled, field.split('.'), checkboxes.has(field) ? false : '');
  return filled;
}

function checkboxesIn(widget: WidgetComponent): ReadonlySet<unknown> {
  const names = new Set<unknown>();
  JSON.stringify(widget, (_, value: unknown) => {
    if (isRecord(value) && value['type'] === 'Checkbox') names.add(value['name']);
    return value;
  });
  return names;
}

function put(target: JsonObject, [key = '', ...deeper]: readonly string[], empty: unknown): void {
  const there = Object.hasOwn(target, key) ? target[key] : undefined;
  const value = there ?? (deeper.length > 0 ? {} : empty);
  if (deeper.length > 0 && isRecord(value)) put(value, deeper, empty);
  // Defined, not assigned: a field may be called __proto__.
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

/** Whether a problem at this path may be caused by the field's value: at, inside or around it. */
export function concernsField(path: string, field: string): boolean {
  return path === '' || path === field || path.startsWith(`${field}.`) || field.startsWith(`${path}.`);
}

/** The value of a payload at a path. */
export function valueAt(payload: unknown, path: string): unknown {
  if (path === '') return payload;
  let value = payload;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as JsonObject)[key];
  }
  return value;
}
