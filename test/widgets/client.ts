import type { WidgetAction } from '../../src/widgets';

type Values = Record<string, unknown>;

/**
 * The payload that a client sends for an action: what the widget says, with the values of the form
 * merged in. A dotted name becomes nested objects; a field whose place is taken is dropped.
 */
export function clientPayload({ config, fields }: WidgetAction, values: Values): unknown {
  const { payload } = config;
  const entries = fields.filter((field) => Object.hasOwn(values, field));
  if (entries.length === 0 || (payload !== undefined && !isObject(payload))) return payload;
  const merged = structuredClone(payload ?? {});
  for (const field of entries) put(merged, field.split('.'), values[field]);
  return merged;
}

function put(target: Values, [key, ...rest]: string[], value: unknown): void {
  if (key === undefined) return;
  if (rest.length === 0) {
    if (!Object.hasOwn(target, key)) target[key] = value;
    return;
  }
  if (!Object.hasOwn(target, key)) target[key] = {};
  const inner = target[key];
  if (isObject(inner)) put(inner, rest, value);
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
