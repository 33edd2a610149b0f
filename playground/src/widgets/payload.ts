import type { FieldValue } from '../state/form-values';

type Fields = Iterable<readonly [string, FieldValue | undefined]>;

/**
 * Merges a form's values into an action's payload. A dotted name is a path. The action's own values win: a
 * field whose place is taken is dropped, as in ChatKit's page.
 */
export function withFields(payload: unknown, fields: Fields): unknown {
  const entries = [...fields].filter(([, value]) => value !== undefined);
  if (entries.length === 0) return payload;
  if (payload !== undefined && payload !== null && !isPlain(payload)) return payload;
  const merged = structuredClone<Record<string, unknown>>(payload ?? {});
  for (const [name, value] of entries) put(merged, name.split('.'), value);
  return merged;
}

function put(target: Record<string, unknown>, [key = '', ...rest]: string[], value: unknown): void {
  if (key === '__proto__') return;
  const taken = Object.hasOwn(target, key);
  if (rest.length === 0) {
    if (!taken) target[key] = value;
    return;
  }
  if (!taken) target[key] = {};
  const inner = target[key];
  if (isPlain(inner)) put(inner, rest, value);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
